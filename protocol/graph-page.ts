import { z } from 'zod';
import { diffGraph, diffPer } from './diff.ts';
import { flameFrame, flameGraph } from './flame-graph.ts';

const side = z.object({
  /** The selector that was asked for. */
  match: z.string(),
  window: flameGraph.shape.window,
  /** By node, in the page's unit, divided as `per` says. */
  total: z.array(z.number()),
  self: z.array(z.number()),
});

/**
 * What is inside an exported page: one tree with the values of one profile, or of two (before, after). Nodes are as in
 * FlameGraph; both sides share them, so that a frame keeps its place when the page changes from one to the other.
 *
 *     parent [-1, 0, 1]   frame [-1, 0, 1]   sides [before: total [9, 9, 5], after: total [6, 6, 0]]
 */
export const graphPage = z.object({
  kind: z.string(),
  unit: z.string(),
  madeMillis: z.number(),
  /** What the values were divided by; null: they are as they are. */
  per: diffPer.nullable(),
  patterns: z.object({ focus: z.string().nullable(), ignore: z.string().nullable(), hide: z.string().nullable() }),
  sides: z.array(side).min(1).max(2),
  frames: z.array(flameFrame),
  parent: z.array(z.number()),
  frame: z.array(z.number()),
  /** How many nodes were left out. */
  trimmed: z.number(),
  whole: diffGraph.shape.whole.nullable(),
  saturated: z.boolean(),
});
export type GraphPage = z.infer<typeof graphPage>;
export type GraphPageSide = z.infer<typeof side>;
