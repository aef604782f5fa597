import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { courseProgress } from '../../../protocol/index.ts';
import { loadCourse, openProgress } from '../../../server/course/index.ts';
import { CourseActions } from '../../../server/lab/index.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const { exercises } = await loadCourse(join(import.meta.dirname, '..', '..', '..', 'exercises'));
const MINUTES = 60_000;
const DAYS = 24 * 60 * MINUTES;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-progress-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(clock = createHandClock()) {
  const progress = await openProgress(join(folder, 'progress.json'), () => {});
  const none = async (): Promise<never> => {
    throw new Error('not in this test');
  };
  const course = new CourseActions({
    clock,
    exercises,
    progress,
    newestProfile: () => async () => null,
    installedFiles: none,
    resetFiles: none,
  });
  return { clock, course, progress };
}

const slug = 'read-a-flame';
const [question] = exercises.find((exercise) => exercise.slug === slug)?.file.questions ?? [];
if (!question) throw new Error('the first exercise has no question');
const right = { question: question.id, chosen: question.right };
const wrong = { question: question.id, chosen: question.right === 0 ? 1 : 0 };

test('at first nothing is done, nothing is due, and there is no calibration', async () => {
  const seen = (await open()).course.progress();
  expect(courseProgress.parse(seen)).toEqual(seen);
  expect(seen).toMatchObject({ calibration: null, due: [], nextDueMillis: null });
  expect(seen.exercises.map((one) => one.slug)).toEqual(exercises.map((one) => one.slug));
  expect(seen.exercises[0]).toMatchObject({ state: 'new', attempts: 0, proof: null, questions: { answered: 0 } });
});

test('a question comes back a day after its right answer, later each time, also after a restart', async () => {
  const { course, clock } = await open();
  await course.answer(slug, right);
  expect(course.progress()).toMatchObject({ due: [], nextDueMillis: clock.now() + DAYS });
  await expect(course.review(slug, right)).rejects.toMatchObject({ code: 'bad-request', message: /is not due before/ });
  clock.advance(DAYS);
  const again = (await open(clock)).course;
  expect(again.progress().due).toEqual([
    expect.objectContaining({
      exercise: slug,
      question: { id: question.id, text: question.text, options: question.options },
    }),
  ]);
  const outcome = await again.review(slug, right);
  expect(outcome).toEqual({ right: question.right, explain: question.explain, dueMillis: clock.now() + 3 * DAYS });
  expect(again.progress()).toMatchObject({ due: [], nextDueMillis: outcome.dueMillis });
});

test('a wrong answer comes back in ten minutes; the first answer is the one that counts', async () => {
  const { course, clock } = await open();
  await course.answer(slug, wrong);
  await course.answer(slug, right);
  expect(course.progress().exercises[0]?.questions).toMatchObject({ right: 0, answered: 1 });
  clock.advance(10 * MINUTES);
  expect(await course.review(slug, wrong)).toMatchObject({ dueMillis: clock.now() + 10 * MINUTES });
});

test('what wasn’t answered, or isn’t there, can’t be reviewed', async () => {
  const { course } = await open();
  await expect(course.review(slug, right)).rejects.toMatchObject({
    code: 'bad-request',
    message: /in its lesson first/,
  });
  await expect(course.review(slug, { question: 'none', chosen: 0 })).rejects.toMatchObject({ code: 'not-found' });
  await expect(course.review('none', right)).rejects.toMatchObject({ code: 'not-found' });
});

test('predictions that were measured are scored together', async () => {
  const { course, progress } = await open();
  const measured = { frame: 'regexp.MustCompile', share: 0.5 };
  await progress.change(slug, (before) => ({
    ...before,
    prediction: { frame: 'runtime.mallocgc', share: 0.5, measured },
  }));
  await progress.change('churn-or-live', (before) => ({
    ...before,
    prediction: { frame: 'main.renderCSV', share: 0.9, measured: { frame: 'main.renderCSV', share: 0.8 } },
  }));
  expect(course.progress().calibration).toMatchObject({ predictions: 2, frames: 1, score: expect.closeTo(40) });
});

test('an instrument shows what it says only once it was opened; each costs its time once, also after a restart', async () => {
  const { course } = await open();
  const file = exercises.find((exercise) => exercise.slug === slug)?.file;
  const [decoy] = file?.instruments?.filter((instrument) => !instrument.right) ?? [];
  const [answer] = file?.instruments?.filter((instrument) => instrument.right) ?? [];
  if (!decoy || !answer) throw new Error('the first exercise has no instruments');
  const { instruments: before } = await course.view(slug);
  expect(before).toMatchObject({ spentSeconds: 0, found: false });
  expect(before?.choices.map(({ opened }) => opened)).toEqual(before?.choices.map(() => null));
  await course.openInstrument(slug, decoy.name);
  await course.openInstrument(slug, decoy.name);
  const again = (await open()).course;
  expect((await again.view(slug)).instruments).toMatchObject({ spentSeconds: decoy.seconds, found: false });
  const { instruments: after } = await again.openInstrument(slug, answer.name);
  expect(after).toMatchObject({ spentSeconds: decoy.seconds + answer.seconds, found: true });
  expect(after?.choices.find(({ name }) => name === answer.name)?.opened).toMatchObject({ right: true });
});

test('an instrument that the exercise does not have is refused with those that it has', async () => {
  const { course } = await open();
  await expect(course.openInstrument(slug, 'ouija')).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(/has no instrument "ouija"; it has: .*cpu/),
  });
});
