import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { casesOf, proveVariant, type VariantResult } from '../../server/commands/prove-exercise.ts';
import { loadCourse } from '../../server/course/index.ts';
import { courseForTests } from './course-for-tests.ts';

/** Start, solutions and wrong fixes of every exercise, each judged by real twins. The table goes to test/artifacts. */
const root = join(import.meta.dirname, '..', '..');
const { exercises } = await loadCourse(join(root, 'exercises'));
const variants = await casesOf(exercises);
const cases = variants.map((entry) => [entry.exercise.slug, entry.variant.name, entry] as const);

const results: VariantResult[] = [];
const course = courseForTests();

afterAll(async () => {
  await writeFile(join(root, 'test', 'artifacts', 'exercises.json'), JSON.stringify({ results }, null, 2)).catch(
    () => {},
  );
});

test.concurrent.each(cases)('%s %s gets its verdict', async (slug, name, { exercise, variant }) => {
  const result = await proveVariant(exercise, variant, course());
  results.push(result);
  expect(result, `repeat: npx flamelab exercise-check ${slug} (variant ${name}, seed ${result.seed})`).toMatchObject({
    verdict: variant.wanted,
    ok: true,
  });
});
