import { z } from 'zod';

/** The verdict contract of CURRICULUM.md section 4. Precedence, first that holds wins: the order below. */
export const VERDICTS = ['error', 'wrong-behaviour', 'inconclusive', 'not-fixed', 'moved-elsewhere', 'fixed'] as const;
export const verdictName = z.enum(VERDICTS);
export type VerdictName = z.infer<typeof verdictName>;

/** One gate with what was seen: `pass` null = not reached. `observed` and `limit` are numbers in `unit`, or null. */
export const gate = z.object({
  id: z.enum(['G1', 'G2', 'G3', 'G4', 'G5', 'G6']),
  title: z.string(),
  pass: z.boolean().nullable(),
  observed: z.number().nullable(),
  limit: z.number().nullable(),
  unit: z.string(),
  explain: z.string(),
});
export type Gate = z.infer<typeof gate>;

/** candidate against baseline, per request; `low`..`high` is the 95 % bootstrap interval of `ratio` (candidate / baseline). */
export const difference = z.object({
  unit: z.string(),
  baseline: z.number(),
  candidate: z.number(),
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Difference = z.infer<typeof difference>;

export const verdict = z.object({
  exercise: z.string(),
  verdict: verdictName,
  summary: z.string(),
  seed: z.number(),
  gates: z.array(gate).length(6),
  difference: difference.nullable(),
  millis: z.number(),
});
export type Verdict = z.infer<typeof verdict>;
