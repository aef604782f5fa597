import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkContent } from '../../../server/course/check-content.ts';
import { loadCourse } from '../../../server/course/index.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const { exercises, problems } = await loadCourse(join(root, 'exercises'));

test('every exercise loads', () => expect(problems).toEqual([]));

test.each(exercises.map((exercise) => [exercise.slug, exercise] as const))(
  '%s is complete and names what exists',
  async (_slug, exercise) => {
    expect(await checkContent(exercise, join(root, 'go-samples'))).toEqual([]);
  },
);
