import type { FlameGraph } from '../../../protocol/index.ts';
import type { GraphDifference } from './diff-graphs.ts';
import { type StackTree, stackTree } from './stack-tree.ts';
import { EMPTY_NAMES, type TreeShape } from './tree-shape.ts';

/**
 * Where each node stands, as a share of the picture's width (0..1), children from the left edge of their parent; and its
 * tint, a slot of the palette. `width[0]` below 1 leaves the rest of the picture empty (see `scale` of layoutFrom).
 */
export interface Layout extends TreeShape {
  readonly x: Float64Array;
  readonly width: Float64Array;
  readonly tint: Uint8Array;
}

export const EMPTY_LAYOUT: Layout = {
  count: 0,
  names: EMPTY_NAMES,
  nameOf: new Int32Array(0),
  parent: new Int32Array(0),
  depth: new Uint16Array(0),
  end: new Int32Array(0),
  key: new Float64Array(0),
  x: new Float64Array(0),
  width: new Float64Array(0),
  tint: new Uint8Array(0),
};

/** Tints of all nodes of a tree, by whatever the picture is coloured by. */
export type TintOf<T extends TreeShape> = (tree: T) => Uint8Array;

const noTint: TintOf<TreeShape> = (tree) => new Uint8Array(tree.count);

/**
 * Layout of a graph keyed by stack path. `scale`: the root's width, 1 unless two graphs are drawn to one scale.
 *
 *     A 6 ┬ B 4 ── D 4         |A·········· |      x      A 0    B 0    C 0.667   D 0
 *         └ C 1                |B······ |C |       width  A 1    B 0.667  C 0.167  D 0.667
 *                              |D······ |
 */
export function layoutFrom(graph: FlameGraph, scale = 1, tintOf: TintOf<StackTree> = noTint): Layout {
  return layoutTree(stackTree(graph), scale, tintOf);
}

/** The same for a tree that is at hand. */
export function layoutTree(tree: StackTree, scale: number, tintOf: TintOf<StackTree>): Layout {
  return { ...layoutValues(tree, tree.total, scale), tint: tintOf(tree) };
}

/**
 * Layout of a difference: a node is as wide as its share of both sides together. Unlike the larger of the two, that sum
 * always fits into the parent, and a path that only one side has stands there at half of its weight.
 */
export function layoutDifference(difference: GraphDifference, tintOf: TintOf<GraphDifference>): Layout {
  const both = difference.before.map((value, i) => value + (difference.after[i] ?? 0));
  return { ...layoutValues(difference, both, 1), tint: tintOf(difference) };
}

/**
 * x and width of every node from its value; a root without value stands at full width, its children at none, and neither has
 * what is below zero. Children that are more than their parent together, because a sibling is below zero or a number was cut
 * off at 2^53, share its width: no frame reaches beyond its caller.
 *
 *     A 10 ┬ B 15       |A··|      width  A 1   B 1   C 0
 *          └ C -5       |B··|
 */
export function layoutValues<T extends TreeShape>(
  tree: T,
  total: Float64Array,
  scale: number,
): T & Pick<Layout, 'x' | 'width'> {
  const x = new Float64Array(tree.count);
  const width = new Float64Array(tree.count);
  const cursor = new Float64Array(tree.count);
  const squeeze = squeezeOf(tree, total);
  const whole = total[0] ?? 0;
  for (let i = 0; i < tree.count; i++) {
    const up = tree.parent[i] ?? -1;
    const own = up < 0 ? scale : whole > 0 ? (Math.max(0, total[i] ?? 0) / whole) * scale * (squeeze[up] ?? 1) : 0;
    x[i] = up < 0 ? 0 : (cursor[up] ?? 0);
    width[i] = own;
    cursor[i] = x[i] ?? 0;
    if (up >= 0) cursor[up] = (cursor[up] ?? 0) + own;
  }
  return { ...tree, x, width };
}

/** By how much the children of each node are narrower than their values say: 1 where they fit, as nearly everywhere. */
function squeezeOf({ count, parent }: TreeShape, total: Float64Array): Float64Array {
  const wanted = new Float64Array(count);
  for (let i = 1; i < count; i++) {
    const up = parent[i] ?? 0;
    wanted[up] = (wanted[up] ?? 0) + Math.max(0, total[i] ?? 0);
  }
  const squeeze = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const has = Math.max(0, total[i] ?? 0);
    const above = i === 0 ? 1 : (squeeze[parent[i] ?? 0] ?? 1);
    squeeze[i] = above * ((wanted[i] ?? 0) > has * ROUNDING ? has / (wanted[i] ?? 1) : 1);
  }
  return squeeze;
}

/** Values divided by requests or profiles add up to their parent's only nearly. */
const ROUNDING = 1 + 1e-9;
