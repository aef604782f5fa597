import type { ChapterAnswers, ChapterOutcome, ChapterTest } from '../../protocol/index.ts';
import type { Exercise, Progress } from '../course/index.ts';
import { AppError } from '../errors.ts';

interface Course {
  readonly exercises: readonly Exercise[];
  readonly progress: Progress;
}

/** The questions of a chapter: who answers them all right need not do its exercises. */
export function readChapterTest(course: Course, chapter: string): ChapterTest {
  const cards = membersOf(course, chapter).flatMap(({ slug, file }) =>
    file.questions.map(({ id, text, options }) => ({
      exercise: slug,
      title: file.title,
      question: { id, text, options },
    })),
  );
  return { chapter, cards };
}

/** Passed: what isn't fixed yet counts as tested out, and stays so until it is tried. Otherwise nothing changes. */
export async function takeChapterTest(
  course: Course,
  chapter: string,
  { answers }: ChapterAnswers,
): Promise<ChapterOutcome> {
  const members = membersOf(course, chapter);
  const asked = members.flatMap(({ slug, file }) =>
    file.questions.map(({ id, right }) =>
      answers.some(({ exercise, question, chosen }) => exercise === slug && question === id && chosen === right),
    ),
  );
  const right = asked.filter(Boolean).length;
  const passed = right === asked.length;
  if (passed) {
    for (const { slug } of members) {
      await course.progress.change(slug, (progress) => ({
        ...progress,
        state: progress.state === 'fixed' ? 'fixed' : 'tested-out',
      }));
    }
  }
  return { right, total: asked.length, passed };
}

function membersOf({ exercises }: Course, chapter: string): Exercise[] {
  const members = exercises.filter((exercise) => exercise.chapter === chapter);
  if (members.length > 0) return members;
  const known = [...new Set(exercises.map((exercise) => exercise.chapter))].join(', ');
  throw new AppError('not-found', `There is no chapter ${JSON.stringify(chapter)}; there are: ${known}.`);
}
