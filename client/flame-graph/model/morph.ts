import { joinTrees } from './join-trees.ts';
import type { Layout } from './layout.ts';
import { subtreeEnds, type TreeShape } from './tree-shape.ts';

/**
 * The way from one layout to another: every path of both, each with its place at the start and at the end. A removed path
 * ends with width 0 at the place where it would stand, a new one starts so; all else keeps its key and glides.
 *
 *     from |B······ |C |     half-way |B··|C |     to |C |      B: x 0 → 0, width 0.667 → 0; C: x 0.667 → 0, width kept
 */
export interface Morph extends TreeShape {
  readonly fromX: Float64Array;
  readonly fromWidth: Float64Array;
  readonly toX: Float64Array;
  readonly toWidth: Float64Array;
  readonly tint: Uint8Array;
  /** Node in the layout it goes to; -1: the path is on its way out. */
  readonly target: Int32Array;
}

export function planMorph(from: Layout, to: Layout): Morph {
  const joined = joinTrees(from, to);
  const start = placesIn(joined, joined.inA, from);
  const end = placesIn(joined, joined.inB, to);
  const tint = new Uint8Array(joined.count);
  for (let i = 0; i < joined.count; i++) {
    const target = joined.inB[i] ?? -1;
    tint[i] = (target >= 0 ? to.tint[target] : from.tint[joined.inA[i] ?? 0]) ?? 0;
  }
  return {
    ...joined,
    target: joined.inB,
    tint,
    fromX: start.x,
    fromWidth: start.width,
    toX: end.x,
    toWidth: end.width,
  };
}

/** A layout that doesn't move: no copies, no join. */
export function stillMorph(layout: Layout): Morph {
  const { x, width } = layout;
  const target = new Int32Array(layout.count);
  for (let i = 0; i < target.length; i++) target[i] = i;
  return { ...layout, fromX: x, fromWidth: width, toX: x, toWidth: width, target };
}

/** Paths on their way out that are narrower than this at an interruption are let go. */
const NEGLIGIBLE = 1 / 20_000;

/** The state of a morph at `t` (0..1, already eased) as a layout: what the next morph starts from when it interrupts. */
export function layoutAt(morph: Morph, t: number): Layout {
  const kept = new Int32Array(morph.count).fill(-1);
  let count = 0;
  for (let i = 0; i < morph.count; i++) {
    const up = morph.parent[i] ?? -1;
    const stays = (morph.target[i] ?? -1) >= 0 || (t < 1 && widthAt(morph, i, t) > NEGLIGIBLE);
    if (stays && (up < 0 || (kept[up] ?? -1) >= 0)) kept[i] = count++;
  }
  const layout = {
    count,
    names: morph.names,
    nameOf: new Int32Array(count),
    parent: new Int32Array(count),
    depth: new Uint16Array(count),
    key: new Float64Array(count),
    x: new Float64Array(count),
    width: new Float64Array(count),
    tint: new Uint8Array(count),
  };
  for (let i = 0; i < morph.count; i++) {
    const at = kept[i] ?? -1;
    if (at < 0) continue;
    layout.nameOf[at] = morph.nameOf[i] ?? 0;
    layout.parent[at] = kept[morph.parent[i] ?? -1] ?? -1;
    layout.depth[at] = morph.depth[i] ?? 0;
    layout.key[at] = morph.key[i] ?? 0;
    layout.tint[at] = morph.tint[i] ?? 0;
    layout.x[at] = xAt(morph, i, t);
    layout.width[at] = widthAt(morph, i, t);
  }
  return { ...layout, end: subtreeEnds(layout.parent) };
}

/** The picture between two layouts; 0 = from, 1 = to, half-way a removed path's width is strictly between. */
export function interpolateLayouts(from: Layout, to: Layout, t: number): Layout {
  return layoutAt(planMorph(from, to), t);
}

export function xAt(morph: Morph, node: number, t: number): number {
  const from = morph.fromX[node] ?? 0;
  return from + ((morph.toX[node] ?? 0) - from) * t;
}

export function widthAt(morph: Morph, node: number, t: number): number {
  const from = morph.fromWidth[node] ?? 0;
  return from + ((morph.toWidth[node] ?? 0) - from) * t;
}

/** Places of all joined nodes in one of the layouts; an absent path stands with width 0 where it would begin. */
function placesIn(joined: TreeShape, inLayout: Int32Array, layout: Layout): { x: Float64Array; width: Float64Array } {
  const x = new Float64Array(joined.count);
  const width = new Float64Array(joined.count);
  const cursor = new Float64Array(joined.count);
  for (let i = 0; i < joined.count; i++) {
    const node = inLayout[i] ?? -1;
    const up = joined.parent[i] ?? -1;
    const begin = node >= 0 ? (layout.x[node] ?? 0) : up >= 0 ? (cursor[up] ?? 0) : 0;
    const own = node >= 0 ? (layout.width[node] ?? 0) : 0;
    x[i] = begin;
    width[i] = own;
    cursor[i] = begin;
    if (up >= 0) cursor[up] = begin + own;
  }
  return { x, width };
}
