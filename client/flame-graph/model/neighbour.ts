import type { Layout } from './layout.ts';

/** Where a key moves in the tree. */
export type Direction = 'parent' | 'child' | 'previous' | 'next';

/**
 * The frame beside a frame: its parent, its widest child, or the next frame to the left or right in the same row, a cousin
 * if need be. Frames without width are passed over. The node itself when there is none.
 *
 *     d  e ·  f      next of e: f        child of B: the wider of d and e
 *     B·····  C·     next of B: C
 */
export function neighbour(layout: Layout, node: number, direction: Direction): number {
  if (direction === 'parent') return Math.max(0, layout.parent[node] ?? 0);
  if (direction === 'child') return widestChild(layout, node);
  return direction === 'next' ? sameRow(layout, node, 1) : sameRow(layout, node, -1);
}

function widestChild(layout: Layout, node: number): number {
  let best = node;
  let widest = 0;
  const end = layout.end[node] ?? 0;
  for (let child = node + 1; child < end; child = layout.end[child] ?? end) {
    const width = layout.width[child] ?? 0;
    if (width > widest) {
      widest = width;
      best = child;
    }
  }
  return best;
}

function sameRow(layout: Layout, node: number, step: 1 | -1): number {
  const depth = layout.depth[node];
  for (let at = node + step; at >= 0 && at < layout.count; at += step) {
    if (layout.depth[at] === depth && (layout.width[at] ?? 0) > 0) return at;
  }
  return node;
}
