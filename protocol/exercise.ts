import { z } from 'zod';

export const exerciseState = z.enum(['new', 'started', 'attempted', 'fixed']);
export type ExerciseState = z.infer<typeof exerciseState>;

/** A row of `flamelab list --json` and of the page's course menu. */
export const exerciseSummary = z.object({
  slug: z.string(),
  chapter: z.string(),
  title: z.string(),
  state: exerciseState,
});
export type ExerciseSummary = z.infer<typeof exerciseSummary>;

/** What the learner marks before it is revealed: a frame of the baseline's graph and its width. */
export const predictionView = z.object({
  kind: z.string(),
  type: z.string(),
  question: z.string(),
  /** Set once the learner has answered. */
  answer: z.object({ frame: z.string(), share: z.number() }).nullable(),
  truth: z.object({ frame: z.string(), share: z.number(), right: z.boolean(), explain: z.string() }).nullable(),
});
export type PredictionView = z.infer<typeof predictionView>;

/** Which instrument to open first: each costs time, and the right one ends the search. */
export const instrumentsView = z.object({
  choices: z.array(
    z.object({
      name: z.string(),
      seconds: z.number(),
      /** Null until it was opened. */
      opened: z.object({ right: z.boolean(), shows: z.string() }).nullable(),
    }),
  ),
  /** Of the incident, by what was opened so far. */
  spentSeconds: z.number(),
  found: z.boolean(),
});
export type InstrumentsView = z.infer<typeof instrumentsView>;

export const questionView = z.object({
  id: z.string(),
  text: z.string(),
  options: z.array(z.string()),
  /** Index chosen, then whether right and why. */
  answer: z.object({ chosen: z.number(), right: z.number(), explain: z.string() }).nullable(),
});

/** One exercise as the page shows it. `lesson` is Markdown text, rendered without raw HTML. */
export const exerciseView = exerciseSummary.extend({
  summary: z.string(),
  minutes: z.number(),
  service: z.string(),
  kinds: z.array(z.string()),
  focus: z.string(),
  lesson: z.string(),
  instruments: instrumentsView.nullable(),
  prediction: predictionView.nullable(),
  hints: z.object({ total: z.number(), shown: z.array(z.object({ level: z.string(), text: z.string() })) }),
  questions: z.array(questionView),
  attempts: z.number(),
});
export type ExerciseView = z.infer<typeof exerciseView>;

/** A solution: the files that differ, with the text that the exercise starts from. */
export const solutionView = z.object({
  solutions: z.array(
    z.object({
      name: z.string(),
      files: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
});
export type SolutionView = z.infer<typeof solutionView>;
