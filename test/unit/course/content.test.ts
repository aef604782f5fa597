import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkChapter } from '../../../server/course/check-chapter.ts';
import { checkContent } from '../../../server/course/check-content.ts';
import { loadCourse } from '../../../server/course/index.ts';
import { SERVICES } from '../../../server/lab/services.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const { exercises, chapters, problems } = await loadCourse(join(root, 'exercises'));

test('every exercise and every chapter loads', () => expect(problems).toEqual([]));

test.each(exercises.map((exercise) => [exercise.slug, exercise] as const))(
  '%s is complete and names what exists',
  async (_slug, exercise) => {
    expect(await checkContent(exercise, join(root, 'go-samples'))).toEqual([]);
  },
);

test.each(chapters.map((chapter) => [chapter.id, chapter] as const))(
  'the slides of %s name what exists',
  async (_, chapter) => {
    const facts = {
      exercises: exercises.map(({ slug }) => slug),
      services: SERVICES.map(({ name }) => name),
      installed: join(root, 'go-samples'),
    };
    expect(await checkChapter(chapter, facts)).toEqual([]);
  },
);
