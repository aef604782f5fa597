import { z } from 'zod';
import { exerciseSummary, predictionView, questionView } from './exercise.ts';
import { verdict } from './verdict.ts';

/** How well predictions on the graph agree with what was measured, over the whole course. */
export const calibration = z.object({
  /** Those that were measured. */
  predictions: z.number(),
  /** How many of them named the frame. */
  frames: z.number(),
  /** Mean distance of guessed and measured shares of those, 0..1; null when there are none. */
  error: z.number().nullable(),
  /** 0..100: the mean of 100 − 2 × the error in percentage points for the right frame, 0 for another one. */
  score: z.number(),
});
export type Calibration = z.infer<typeof calibration>;

/** A question that was answered before, to be answered again. */
export const reviewCard = z.object({
  exercise: z.string(),
  title: z.string(),
  question: questionView.pick({ id: true, text: true, options: true }),
});
export type ReviewCard = z.infer<typeof reviewCard>;

/** The answer to an answer: `dueMillis`: when the card comes back, in Unix milliseconds. */
export const reviewOutcome = z.object({ right: z.number(), explain: z.string(), dueMillis: z.number() });
export type ReviewOutcome = z.infer<typeof reviewOutcome>;

/** All questions of a chapter, to be answered instead of doing its exercises. */
export const chapterTest = z.object({ chapter: z.string(), cards: z.array(reviewCard) });
export type ChapterTest = z.infer<typeof chapterTest>;

export const chapterAnswers = z.object({
  answers: z
    .array(z.object({ exercise: z.string().max(64), question: z.string().max(64), chosen: z.number().int().min(0) }))
    .max(500),
});
export type ChapterAnswers = z.infer<typeof chapterAnswers>;

/** Which ones were wrong isn't said: the lessons say it. */
export const chapterOutcome = z.object({ right: z.number(), total: z.number(), passed: z.boolean() });
export type ChapterOutcome = z.infer<typeof chapterOutcome>;

/** What the learner has done in the course, and the proofs of it. */
export const courseProgress = z.object({
  exercises: z.array(
    exerciseSummary.extend({
      minutes: z.number(),
      attempts: z.number(),
      hints: z.object({ shown: z.number(), total: z.number() }),
      questions: z.object({ right: z.number(), answered: z.number(), total: z.number() }),
      prediction: predictionView.nullable(),
      /** The verdict that proved the fix, and the newest one. */
      proof: verdict.nullable(),
      last: verdict.nullable(),
    }),
  ),
  /** Null before the first prediction that was measured. */
  calibration: calibration.nullable(),
  /** Cards that are due, the one that waits longest first. */
  due: z.array(reviewCard),
  /** When the next one comes; null when none is waiting. */
  nextDueMillis: z.number().nullable(),
});
export type CourseProgress = z.infer<typeof courseProgress>;
