import type {
  CourseProgress,
  ExerciseSummary,
  ExerciseView,
  ReviewCard,
  ReviewOutcome,
  SolutionView,
  Verdict,
} from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import {
  calibrate,
  type Exercise,
  type ExerciseProgress,
  fillHint,
  isFrame,
  type JudgedPrediction,
  loadOverlay,
  measurePrediction,
  type NewestProfile,
  nextReview,
  type Progress,
  solutionNames,
  viewInstruments,
  viewPrediction,
} from '../course/index.ts';
import { AppError } from '../errors.ts';
import type { Files } from './ports.ts';
import { requireExercise } from './work.ts';

export interface CourseActionsParts {
  readonly clock: Clock;
  readonly exercises: readonly Exercise[];
  readonly progress: Progress;
  /** Of the baseline, and of the learner's own newest code, for one exercise. */
  newestProfile(exercise: Exercise, side: 'baseline' | 'candidate'): NewestProfile;
  installedFiles(): Promise<Files>;
  /** Puts the learner's files of an exercise aside and the start back. */
  resetFiles(exercise: Exercise, start: Files): Promise<string | null>;
}

/** What the page and the commands do with the course: list, view, hint, predict, answer, solution, reset. */
export class CourseActions {
  readonly #parts: CourseActionsParts;

  constructor(parts: CourseActionsParts) {
    this.#parts = parts;
  }

  get exercises(): readonly Exercise[] {
    return this.#parts.exercises;
  }

  find(slug: string): Exercise {
    return requireExercise(this.#parts.exercises, slug);
  }

  list(): ExerciseSummary[] {
    return this.#parts.exercises.map((exercise) => this.#summary(exercise));
  }

  async view(slug: string): Promise<ExerciseView> {
    const exercise = this.find(slug);
    const progress = this.#parts.progress.of(slug);
    const { file, lesson } = exercise;
    return {
      ...this.#summary(exercise),
      summary: file.summary,
      minutes: file.minutes,
      service: file.service,
      kinds: file.kinds,
      focus: file.focus,
      lesson,
      instruments: await viewInstruments(file, progress.instruments, this.#parts.newestProfile(exercise, 'baseline')),
      prediction: viewPrediction(file, await this.#measured(exercise, progress.prediction)),
      hints: await this.#hints(exercise, progress),
      questions: file.questions.map(({ id, text, options, right, explain }) => {
        const chosen = progress.answers[id];
        return { id, text, options, answer: chosen === undefined ? null : { chosen, right, explain } };
      }),
      attempts: progress.attempts,
    };
  }

  async hint(slug: string): Promise<ExerciseView> {
    const { file } = this.find(slug);
    const more = (progress: ExerciseProgress): ExerciseProgress => ({
      ...progress,
      hintsShown: Math.min(file.hints.length, progress.hintsShown + 1),
    });
    await this.#parts.progress.change(slug, more);
    return this.view(slug);
  }

  async openInstrument(slug: string, name: string): Promise<ExerciseView> {
    const { instruments = [] } = this.find(slug).file;
    if (!instruments.some((instrument) => instrument.name === name)) {
      const names = instruments.map((instrument) => instrument.name).join(', ') || 'none';
      throw new AppError('not-found', `${slug} has no instrument ${JSON.stringify(name)}; it has: ${names}.`);
    }
    await this.#parts.progress.change(slug, (progress) => ({
      ...progress,
      instruments: progress.instruments.includes(name) ? progress.instruments : [...progress.instruments, name],
    }));
    return this.view(slug);
  }

  async predict(slug: string, prediction: { frame: string; share: number }): Promise<ExerciseView> {
    this.find(slug);
    await this.#parts.progress.change(slug, (progress) => ({
      ...progress,
      prediction: progress.prediction ?? { ...prediction, measured: null },
    }));
    return this.view(slug);
  }

  /** A prediction is measured once, by the first profile after it: later ones may be of fixed code. */
  async #measured({ slug, file }: Exercise, prediction: ExerciseProgress['prediction']) {
    if (prediction === null || prediction.measured !== null) return prediction;
    const measured = await measurePrediction(file, this.#parts.newestProfile(this.find(slug), 'baseline'));
    if (measured === null) return prediction;
    const kept = await this.#parts.progress.change(slug, (progress) => ({
      ...progress,
      prediction: progress.prediction && { ...progress.prediction, measured: progress.prediction.measured ?? measured },
    }));
    return kept.prediction;
  }

  async answer(slug: string, { question, chosen }: { question: string; chosen: number }): Promise<ExerciseView> {
    const asked = this.#question(slug, { question, chosen });
    const review = nextReview(null, chosen === asked.right, this.#parts.clock.now());
    const given = (progress: ExerciseProgress): ExerciseProgress =>
      question in progress.answers
        ? progress
        : {
            ...progress,
            answers: { ...progress.answers, [question]: chosen },
            reviews: { ...progress.reviews, [question]: review },
          };
    await this.#parts.progress.change(slug, given);
    return this.view(slug);
  }

  /** All that was done in the course, and the questions that are due again. */
  progress(): CourseProgress {
    const now = this.#parts.clock.now();
    const cards = this.#parts.exercises.flatMap((exercise) => this.#cards(exercise));
    const due = cards.filter(({ dueMillis }) => dueMillis <= now).sort((a, b) => a.dueMillis - b.dueMillis);
    const later = cards.filter(({ dueMillis }) => dueMillis > now).map(({ dueMillis }) => dueMillis);
    return {
      exercises: this.#parts.exercises.map((exercise) => this.#progressOf(exercise)),
      calibration: calibrate(this.#parts.exercises.flatMap((exercise) => this.#judgedPrediction(exercise))),
      due: due.map(({ card }) => card),
      nextDueMillis: later.length === 0 ? null : Math.min(...later),
    };
  }

  async review(slug: string, { question, chosen }: { question: string; chosen: number }): Promise<ReviewOutcome> {
    const { right, explain } = this.#question(slug, { question, chosen });
    const now = this.#parts.clock.now();
    const before = this.#parts.progress.of(slug);
    if (!(question in before.answers)) {
      throw new AppError('bad-request', `The question ${question} is answered in its lesson first.`);
    }
    const known = before.reviews[question] ?? null;
    if (known !== null && known.dueMillis > now) {
      throw new AppError(
        'bad-request',
        `The question ${question} is not due before ${new Date(known.dueMillis).toISOString()}.`,
      );
    }
    const review = nextReview(known, chosen === right, now);
    await this.#parts.progress.change(slug, (progress) => ({
      ...progress,
      reviews: { ...progress.reviews, [question]: review },
    }));
    return { right, explain, dueMillis: review.dueMillis };
  }

  async solution(slug: string): Promise<SolutionView> {
    const exercise = this.find(slug);
    const base = new Map([...(await this.#parts.installedFiles()), ...(await loadOverlay(exercise, 'start'))]);
    const names = await solutionNames(exercise);
    const solutions = names.map(async (name) => {
      const files = [...(await loadOverlay(exercise, name))];
      return {
        name,
        files: files.map(([path, after]) => ({ path, before: textOf(base.get(path)), after: textOf(after) })),
      };
    });
    return { solutions: await Promise.all(solutions) };
  }

  async reset(slug: string): Promise<{ keptAs: string | null }> {
    const exercise = this.find(slug);
    const start = new Map([...(await this.#parts.installedFiles()), ...(await loadOverlay(exercise, 'start'))]);
    return { keptAs: await this.#parts.resetFiles(exercise, start) };
  }

  async judged(slug: string, verdict: Verdict): Promise<void> {
    const fixed = verdict.verdict === 'fixed';
    await this.#parts.progress.change(slug, (progress) => ({
      ...progress,
      attempts: progress.attempts + 1,
      last: verdict,
      proof: fixed ? verdict : progress.proof,
      state: fixed || progress.state === 'fixed' ? 'fixed' : 'attempted',
    }));
  }

  async started(slug: string): Promise<void> {
    if (this.#parts.progress.of(slug).state !== 'new') return;
    await this.#parts.progress.change(slug, (progress) => ({ ...progress, state: 'started' }));
  }

  #question(slug: string, { question, chosen }: { question: string; chosen: number }) {
    const asked = this.find(slug).file.questions.find((candidate) => candidate.id === question);
    if (!asked || chosen >= asked.options.length)
      throw new AppError('not-found', `${slug} has no such question or option.`);
    return asked;
  }

  /** Its answered questions, each with when it is due. */
  #cards({ slug, file }: Exercise): { card: ReviewCard; dueMillis: number }[] {
    const { answers, reviews } = this.#parts.progress.of(slug);
    return file.questions
      .filter(({ id }) => id in answers)
      .map(({ id, text, options }) => ({
        card: { exercise: slug, title: file.title, question: { id, text, options } },
        dueMillis: reviews[id]?.dueMillis ?? 0,
      }));
  }

  #progressOf(exercise: Exercise): CourseProgress['exercises'][number] {
    const { file } = exercise;
    const { attempts, hintsShown, answers, prediction, proof, last } = this.#parts.progress.of(exercise.slug);
    const answered = file.questions.filter(({ id }) => id in answers);
    return {
      ...this.#summary(exercise),
      minutes: file.minutes,
      attempts,
      hints: { shown: hintsShown, total: file.hints.length },
      questions: {
        right: answered.filter(({ id, right }) => answers[id] === right).length,
        answered: answered.length,
        total: file.questions.length,
      },
      prediction: viewPrediction(file, prediction),
      proof,
      last,
    };
  }

  #judgedPrediction({ slug, file }: Exercise): JudgedPrediction[] {
    const { prediction } = this.#parts.progress.of(slug);
    if (prediction === null || prediction.measured === null) return [];
    const { frame, share, measured } = prediction;
    return [{ isFrame: isFrame(file.predict, frame), guessed: share, measured: measured.share }];
  }

  #summary({ slug, chapter, file }: Exercise): ExerciseSummary {
    return { slug, chapter, title: file.title, state: this.#parts.progress.of(slug).state };
  }

  async #hints(exercise: Exercise, { hintsShown }: ExerciseProgress): Promise<ExerciseView['hints']> {
    const newest = this.#parts.newestProfile(exercise, 'candidate');
    const shown = exercise.file.hints.slice(0, hintsShown);
    const filled = shown.map(async ({ level, text }) => ({ level, text: await fillHint(text, newest) }));
    return { total: exercise.file.hints.length, shown: await Promise.all(filled) };
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? Buffer.from(bytes).toString('utf8') : '';
}
