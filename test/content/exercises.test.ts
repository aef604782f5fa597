import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenLocalCourse, openLocalCourse } from '../../server/commands/local-course.ts';
import { proveVariant, type VariantResult, variantsOf } from '../../server/commands/prove-exercise.ts';
import { resolveConfig } from '../../server/config.ts';
import { loadCourse } from '../../server/course/index.ts';

/** Start, solutions and wrong fixes of every exercise, each judged by real twins. The table goes to test/artifacts. */
const root = join(import.meta.dirname, '..', '..');
const { exercises } = await loadCourse(join(root, 'exercises'));
const variants = await Promise.all(
  exercises.map(async (exercise) => (await variantsOf(exercise)).map((variant) => ({ exercise, variant }))),
);
const cases = variants.flat().map((entry) => [entry.exercise.slug, entry.variant.name, entry] as const);

const results: VariantResult[] = [];
let folder: string;
let course: OpenLocalCourse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-content-'));
  course = await openLocalCourse(resolveConfig({ data: join(folder, 'data'), workspace: join(folder, 'workspace') }));
});

afterAll(async () => {
  await course.close();
  await rm(folder, { recursive: true, force: true });
  await writeFile(join(root, 'test', 'artifacts', 'exercises.json'), JSON.stringify({ results }, null, 2)).catch(
    () => {},
  );
});

test.each(cases)('%s %s gets its verdict', async (slug, name, { exercise, variant }) => {
  const result = await proveVariant(exercise, variant, course.course);
  results.push(result);
  expect(result, `repeat: npx flamelab exercise-check ${slug} (variant ${name}, seed ${result.seed})`).toMatchObject({
    verdict: variant.wanted,
    ok: true,
  });
});
