import type { ExerciseSummary, ExerciseView, SolutionView } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Notices } from './notices.ts';
import { createStore, type ReadStore } from './store.ts';

export type CourseState = {
  exercises: readonly ExerciseSummary[] | null;
  exercise: ExerciseView | null;
  /** Being opened: shown while the lab starts what it needs. */
  opening: string | null;
  solution: SolutionView | null;
  /** The frame that the learner has marked on the graph for the prediction. */
  marked: string | null;
  /** The learner wants the numbers without predicting. */
  peeked: boolean;
};

export type CourseStore = {
  store: ReadStore<CourseState>;
  load(): Promise<void>;
  open(slug: string): Promise<void>;
  /** The lab's exercise in focus changed, maybe in another tab. */
  follow(slug: string | null): Promise<void>;
  mark(frame: string | null): void;
  peek(): void;
  openInstrument(name: string): Promise<void>;
  predict(share: number): Promise<void>;
  answer(question: string, chosen: number): Promise<void>;
  takeHint(): Promise<void>;
  check(): Promise<void>;
  /** Says where the learner's files were kept; undefined when it failed. */
  reset(): Promise<{ keptAs: string | null } | undefined>;
  showSolution(): Promise<void>;
  hideSolution(): void;
};

type CourseApi = Pick<
  Api,
  | 'listExercises'
  | 'readExercise'
  | 'openExercise'
  | 'takeHint'
  | 'openInstrument'
  | 'predict'
  | 'answerQuestion'
  | 'checkExercise'
  | 'resetExercise'
  | 'readSolution'
>;

/** The learner is still to predict: the graph keeps its numbers to itself. */
export function isPredicting({ exercise, peeked }: CourseState): boolean {
  return exercise !== null && exercise.prediction !== null && exercise.prediction.answer === null && !peeked;
}

export function createCourseStore(api: CourseApi, notices: Pick<Notices, 'attempt'>): CourseStore {
  const store = createStore<CourseState>({
    exercises: null,
    exercise: null,
    opening: null,
    solution: null,
    marked: null,
    peeked: false,
  });
  const slug = () => store.get().exercise?.slug ?? '';
  const list = async () => {
    const answer = await notices.attempt('Load the course', () => api.listExercises());
    if (answer) store.patch({ exercises: answer.exercises });
  };
  /** An answer for an exercise that is no longer the one on screen is dropped. */
  const update = async (what: string, action: () => Promise<ExerciseView>) => {
    const asked = slug();
    const exercise = await notices.attempt(what, action);
    if (exercise && slug() === asked) store.patch({ exercise });
  };
  const show = async (wanted: string) => {
    const exercise = await notices.attempt('Read the exercise', () => api.readExercise(wanted));
    if (!exercise) return;
    const other = exercise.slug !== slug();
    store.patch(other ? { exercise, solution: null, marked: null, peeked: false } : { exercise });
  };

  return {
    store,
    load: list,
    async open(wanted) {
      store.patch({ opening: wanted });
      // The lesson can be read while its service is still being built.
      await Promise.all([show(wanted), notices.attempt('Open the exercise', () => api.openExercise(wanted))]);
      store.patch({ opening: null });
      await Promise.all([show(wanted), list()]);
    },
    async follow(wanted) {
      if (wanted === null || store.get().opening !== null) return;
      await Promise.all([show(wanted), list()]);
    },
    mark: (marked) => store.patch({ marked }),
    peek: () => store.patch({ peeked: true }),
    openInstrument: (name) => update('Open the instrument', () => api.openInstrument(slug(), name)),
    predict: async (share) => {
      const frame = store.get().marked;
      if (frame !== null) await update('Predict', () => api.predict(slug(), { frame, share }));
    },
    answer: (question, chosen) => update('Answer', () => api.answerQuestion(slug(), { question, chosen })),
    takeHint: () => update('Take a hint', () => api.takeHint(slug())),
    check: async () => {
      await notices.attempt('Check', () => api.checkExercise(slug()));
    },
    async reset() {
      const answer = await notices.attempt('Reset', () => api.resetExercise(slug()));
      if (answer) await show(slug());
      return answer;
    },
    async showSolution() {
      const solution = await notices.attempt('Read the solution', () => api.readSolution(slug()));
      if (solution) store.patch({ solution });
    },
    hideSolution: () => store.patch({ solution: null }),
  };
}
