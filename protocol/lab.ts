import { z } from 'zod';
import { gate, verdict } from './verdict.ts';
import { compileError } from './workspace.ts';

/** One running process as the page shows it. `reason`: why it is not up (exit, out of memory, crash loop, …). */
export const runView = z.object({
  run: z.string(),
  service: z.string(),
  instance: z.string(),
  version: z.string(),
  role: z.enum(['fleet', 'twin', 'support']),
  state: z.enum(['starting', 'up', 'restarting', 'stopped', 'failed']),
  reason: z.string().nullable(),
});
export type RunView = z.infer<typeof runView>;

/** The stages between a save and the first frames of the new code, in this order. */
export const SAVE_STAGES = ['write', 'format', 'build', 'start', 'traffic', 'profile'] as const;
export const stageView = z.object({
  name: z.enum(SAVE_STAGES),
  state: z.enum(['pending', 'running', 'done', 'failed']),
  millis: z.number().nullable(),
});
export type StageView = z.infer<typeof stageView>;

/** One side of a twin: its profiles are those of `instance` (a series label). */
export const twinSide = z.object({ instance: z.string(), version: z.string() });

export const twinView = z.object({
  id: z.string(),
  service: z.string(),
  baseline: twinSide,
  candidate: twinSide,
  /** Unix milliseconds of the first traffic. */
  startedMillis: z.number(),
});
export type TwinView = z.infer<typeof twinView>;

export const checkView = z.object({
  running: z.boolean(),
  /** What is going on now, in words. */
  phase: z.string(),
  seed: z.number(),
  gates: z.array(gate),
  verdict: verdict.nullable(),
});
export type CheckView = z.infer<typeof checkView>;

/** A check that a command waits for; `seed` tells one from another. */
export const judgingView = z.object({
  exercise: z.string(),
  seed: z.number(),
  phase: z.string(),
  gates: z.array(gate),
});
export type JudgingView = z.infer<typeof judgingView>;

/** The path of one save; kept in the history. `error`: what stopped it other than compile errors. */
export const saveView = z.object({
  id: z.string(),
  atMillis: z.number(),
  exercise: z.string(),
  service: z.string(),
  files: z.array(z.string()),
  version: z.string().nullable(),
  stages: z.array(stageView),
  compileErrors: z.array(compileError),
  error: z.string().nullable(),
  twin: twinView.nullable(),
  check: checkView.nullable(),
});
export type SaveView = z.infer<typeof saveView>;

export const goView = z.object({ ok: z.boolean(), version: z.string().nullable(), message: z.string().nullable() });
export type GoView = z.infer<typeof goView>;

/** Everything small that a page needs; sent whole, dropped by a page that has a newer `revision`. */
export const labState = z.object({
  protocol: z.number(),
  revision: z.number(),
  /** New with every start of the server: a page that sees another one starts over. */
  server: z.string(),
  go: goView,
  fleet: z.object({
    paused: z.boolean(),
    note: z.string().nullable(),
    progress: z.string().nullable(),
    runs: z.array(runView),
  }),
  load: z.object({ rate: z.number(), paused: z.boolean() }),
  exercise: z.string().nullable(),
  save: saveView.nullable(),
  /** Checks run one at a time: null between them, and while the page's own runs. */
  judging: judgingView.nullable(),
  /** The newest write, by whichever page or editor: file → version now on disk. */
  files: z.record(z.string(), z.string()),
});
export type LabState = z.infer<typeof labState>;
