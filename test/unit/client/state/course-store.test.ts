import { expect, test } from 'vitest';
import { createCourseStore, createNotices, isPredicting } from '../../../../client/state/index.ts';
import type { ExerciseView } from '../../../../protocol/index.ts';

const view = (slug: string, patch: Partial<ExerciseView> = {}): ExerciseView => ({
  slug,
  chapter: '01-look',
  title: slug,
  state: 'started',
  summary: '',
  minutes: 10,
  service: 'search',
  kinds: ['cpu'],
  focus: 'search/validate.go',
  lesson: '',
  instruments: null,
  prediction: null,
  hints: { total: 3, shown: [] },
  questions: [],
  attempts: 0,
  ...patch,
});

function openCourse() {
  let answerHint = (_view: ExerciseView) => {};
  const predicted: unknown[] = [];
  const course = createCourseStore(
    {
      listExercises: async () => ({ exercises: [view('a'), view('b')] }),
      readExercise: async (slug) => view(slug),
      openExercise: async () => null,
      takeHint: () =>
        new Promise((resolve) => {
          answerHint = resolve;
        }),
      openInstrument: async (slug) => view(slug),
      predict: async (slug, body) => {
        predicted.push(body);
        return view(slug);
      },
      answerQuestion: async (slug) => view(slug),
      checkExercise: async () => null,
      resetExercise: async () => ({ keptAs: 'kept/a' }),
      readSolution: async () => ({ solutions: [] }),
    },
    createNotices(),
  );
  return { course, predicted, answerHint: (answer: ExerciseView) => answerHint(answer) };
}

test('opening an exercise shows it and drops what belonged to the last one', async () => {
  const { course } = openCourse();
  await course.open('a');
  course.mark('main.work');
  await course.showSolution();
  await course.open('b');
  expect(course.store.get()).toMatchObject({ exercise: { slug: 'b' }, marked: null, solution: null, opening: null });
});

test('following the same exercise keeps the mark', async () => {
  const { course } = openCourse();
  await course.open('a');
  course.mark('main.work');
  await course.follow('a');
  expect(course.store.get().marked).toBe('main.work');
});

test('an answer for an exercise that was left meanwhile is dropped', async () => {
  const { course, answerHint } = openCourse();
  await course.open('a');
  const hint = course.takeHint();
  await course.open('b');
  answerHint(view('a', { attempts: 9 }));
  await hint;
  expect(course.store.get().exercise).toMatchObject({ slug: 'b', attempts: 0 });
});

test('a prediction is the marked frame with its share; without a mark nothing is sent', async () => {
  const { course, predicted } = openCourse();
  await course.open('a');
  await course.predict(0.4);
  course.mark('main.work');
  await course.predict(0.4);
  expect(predicted).toEqual([{ frame: 'main.work', share: 0.4 }]);
});

test('numbers are held back until the prediction is answered, or the learner wants to see them', async () => {
  const { course } = openCourse();
  const state = course.store.get();
  const prediction = { kind: 'cpu', type: 'cpu', question: '?', answer: null, truth: null };
  expect(isPredicting(state)).toBe(false);
  const asked = { ...state, exercise: view('a', { prediction }) };
  expect(isPredicting(asked)).toBe(true);
  expect(isPredicting({ ...asked, peeked: true })).toBe(false);
  const answered = { ...prediction, answer: { frame: 'main.work', share: 0.4 } };
  expect(isPredicting({ ...asked, exercise: view('a', { prediction: answered }) })).toBe(false);
});
