import { z } from 'zod';
import { flameFrame, flameGraph } from './flame-graph.ts';

/**
 * What values are divided by before they are compared. `second`: profiled seconds. `profile`: the mean of the profiles, the
 * only fair one for snapshots (heap, goroutine). `total`: as they are.
 */
export const DIFF_PER = ['request', 'second', 'profile', 'total'] as const;
export const diffPer = z.enum(DIFF_PER);
export type DiffPer = z.infer<typeof diffPer>;

/** With fewer windows on a side there are no intervals. */
export const FEWEST_WINDOWS = 8;
export const TOO_FEW_WINDOWS = 'too-few-windows';

/** 95 % interval of b - a; `ratio`: that of b / a, null where a can be 0. */
export const differenceInterval = z.object({
  low: z.number(),
  high: z.number(),
  ratio: z.object({ low: z.number(), high: z.number() }).nullable(),
});
export type DifferenceInterval = z.infer<typeof differenceInterval>;

const side = z.object({ total: z.number(), window: flameGraph.shape.window });

/**
 * Two merged call trees in one; nodes as in FlameGraph, with total and self of both sides, divided as `per` says.
 *
 *     a  main;sort 30  main;find 10   4 requests       main       aTotal 10   bTotal 6
 *     b  main;find 12                 2 requests       main;find  aTotal 2.5  bTotal 6
 *                                                      main;sort  aTotal 7.5  bTotal 0
 */
export const diffGraph = z.object({
  unit: z.string(),
  per: diffPer,
  a: side,
  b: side,
  frames: z.array(flameFrame),
  nodes: z.object({
    parent: z.array(z.number()),
    frame: z.array(z.number()),
    aTotal: z.array(z.number()),
    aSelf: z.array(z.number()),
    bTotal: z.array(z.number()),
    bSelf: z.array(z.number()),
  }),
  trimmed: z.object({ nodes: z.number(), a: z.number(), b: z.number() }),
  /** `changed` null: too few windows to say. */
  whole: z.object({
    difference: z.number(),
    interval: z.union([differenceInterval, z.literal(TOO_FEW_WINDOWS)]),
    changed: z.boolean().nullable(),
  }),
  /** The 200 largest differences of nodes, largest first; `changed` under a false discovery rate of 5 %. */
  largest: z.union([
    z.array(
      z.object({
        node: z.number(),
        difference: z.number(),
        interval: differenceInterval,
        changed: z.boolean(),
      }),
    ),
    z.literal(TOO_FEW_WINDOWS),
  ]),
  saturated: z.boolean().optional(),
});
export type DiffGraph = z.infer<typeof diffGraph>;
