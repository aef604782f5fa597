import { z } from 'zod';

/**
 * A merged call tree as the page draws it (DESIGN.md section 4). `nodes` are parallel arrays; a parent stands before its
 * children; the root is node 0 with parent -1 and frame -1. What was trimmed under a node is one child with frame -2, self 0.
 *
 *     main.main ── main.work ── main.sort      frames: [main.main, main.work, main.sort]
 *                                              parent: [-1, 0, 1, 2]   frame: [-1, 0, 1, 2]
 *
 * Values are in `unit`; numbers beyond 2^53 saturate and `saturated` is then true.
 */
export const flameFrame = z.object({ name: z.string(), file: z.string(), line: z.number(), package: z.string() });
export type FlameFrame = z.infer<typeof flameFrame>;

export const ROOT_FRAME = -1;
export const TRIMMED_FRAME = -2;

export const flameGraph = z.object({
  unit: z.string(),
  total: z.number(),
  frames: z.array(flameFrame),
  nodes: z.object({
    parent: z.array(z.number()),
    frame: z.array(z.number()),
    total: z.array(z.number()),
    self: z.array(z.number()),
  }),
  trimmed: z.object({ nodes: z.number(), value: z.number() }),
  /** `from`, `to`: Unix milliseconds. `requests`: how many the profiled windows served, null when any of them doesn't know. */
  window: z.object({
    from: z.number().nullable(),
    to: z.number().nullable(),
    profiles: z.number(),
    requests: z.number().nullable(),
    /** Profiled time, all windows summed. */
    durationNanos: z.number(),
  }),
  saturated: z.boolean().optional(),
});
export type FlameGraph = z.infer<typeof flameGraph>;

export const topRow = z.object({
  name: z.string(),
  file: z.string(),
  flat: z.number(),
  cum: z.number(),
  /** 95 % interval of `flat` over the windows; null with too few windows. */
  flatLow: z.number().nullable(),
  flatHigh: z.number().nullable(),
  /** `flat` in the course of time: the mean of a profile at each of the table's `times`; the first rows only, when asked for. */
  points: z.array(z.number()).optional(),
});
export type TopRow = z.infer<typeof topRow>;
export const topTable = z.object({
  unit: z.string(),
  total: z.number(),
  rows: z.array(topRow),
  /** Starts of at most 64 blocks of consecutive windows, Unix milliseconds: what `points` stand for. */
  times: z.array(z.number()).optional(),
  saturated: z.boolean().optional(),
});
export type TopTable = z.infer<typeof topTable>;

/** What calls a function and what it calls; `above` and `below` are trees whose root has the function as its only child. */
const edge = z.object({ name: z.string(), file: z.string(), value: z.number() });
export const callersTable = z.object({
  unit: z.string(),
  total: z.number(),
  function: z.object({ name: z.string(), file: z.string(), flat: z.number(), cum: z.number() }),
  callers: z.array(edge),
  callees: z.array(edge),
  above: flameGraph,
  below: flameGraph,
  saturated: z.boolean().optional(),
});
export type CallersTable = z.infer<typeof callersTable>;

/** Lines of one file, in order; a row for each function that a line belongs to. */
export const lineTable = z.object({
  unit: z.string(),
  total: z.number(),
  file: z.string(),
  lines: z.array(z.object({ line: z.number(), function: z.string(), flat: z.number(), cum: z.number() })),
  saturated: z.boolean().optional(),
});
export type LineTable = z.infer<typeof lineTable>;

/**
 * How a selection's total is shared out among the values of each label, largest first; value '' = without that label; `all`: the
 * values that samples have together, which `value` lists. `rest`:
 * how many values beyond the first 100 there are, and what they amount to.
 */
export const labelBreakdown = z.object({
  unit: z.string(),
  total: z.number(),
  /** Some value is beyond ±2^53, and at most that. */
  saturated: z.boolean().optional(),
  labels: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: z.string(), amount: z.number(), all: z.array(z.string()).optional() })),
      rest: z.object({ values: z.number(), amount: z.number() }),
    }),
  ),
});
export type LabelBreakdown = z.infer<typeof labelBreakdown>;

/** The text that a build was made from, or a file of Go's own library. `of`: a build's id, or the version of Go. */
export const sourceText = z.object({
  file: z.string(),
  origin: z.enum(['build', 'go']),
  of: z.string(),
  text: z.string(),
});
export type SourceText = z.infer<typeof sourceText>;

export const seriesTable = z.object({
  unit: z.string(),
  series: z.array(
    z.object({ labels: z.record(z.string(), z.string()), points: z.array(z.tuple([z.number(), z.number()])) }),
  ),
  /** Some point is beyond ±2^53, and is that. */
  saturated: z.boolean().optional(),
});
export type SeriesTable = z.infer<typeof seriesTable>;
