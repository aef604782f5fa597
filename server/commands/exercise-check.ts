import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveConfig } from '../config.ts';
import { checkChapter } from '../course/check-chapter.ts';
import { checkContent } from '../course/check-content.ts';
import { loadCourse } from '../course/index.ts';
import { SERVICES } from '../lab/services.ts';
import { withLocalCourse } from './local-course.ts';
import { proveExercises, type VariantResult } from './prove-exercise.ts';

/** `npm run exercise:check [SLUG | CHAPTER…]`: static first, slides too, then each variant against real services. Exit 1 when anything is off. */
export async function exerciseCheckCommand(
  slugs: readonly string[],
  flags: { static?: boolean; json?: string },
): Promise<void> {
  const config = resolveConfig({});
  const { exercises, chapters, problems } = await loadCourse(join(config.root, 'exercises'));
  const known = [...exercises.map(({ slug }) => slug), ...chapters.map(({ id }) => id)];
  const isChosen = (name: string) => slugs.length === 0 || slugs.includes(name);
  const chosen = exercises.filter(({ slug }) => isChosen(slug));
  for (const slug of slugs) if (!known.includes(slug)) problems.push(`there is no exercise or chapter ${slug}`);
  const installed = join(config.root, 'go-samples');
  for (const exercise of chosen) problems.push(...(await checkContent(exercise, installed)));
  const facts = { exercises: exercises.map(({ slug }) => slug), services: SERVICES.map(({ name }) => name), installed };
  for (const chapter of chapters.filter(({ id }) => isChosen(id)))
    problems.push(...(await checkChapter(chapter, facts)));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const results: VariantResult[] = [];
  if (!flags.static && chosen.length > 0) {
    await withLocalCourse(config, async (course) => {
      results.push(...(await proveExercises(chosen, course, printResult)));
    });
  }
  if (flags.json) await writeFile(flags.json, `${JSON.stringify({ results }, null, 2)}\n`);
  process.exitCode = problems.length > 0 || results.some((result) => !result.ok) ? 1 : 0;
}

function printResult(result: VariantResult): void {
  const mark = result.ok ? '✓' : '✗';
  const wanted = result.ok ? '' : ` (wanted ${result.wanted})`;
  process.stdout.write(
    `${mark} ${result.exercise} ${result.variant.padEnd(28)} ${result.verdict}${wanted}: ${result.observed}\n`,
  );
}
