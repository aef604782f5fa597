import type { Layout } from '../model/layout.ts';
import { findNode } from '../model/tree-shape.ts';
import { createTween } from './tween.ts';

/** What part of the picture fills the width: shares of its width. */
export interface View {
  readonly x0: number;
  readonly x1: number;
}

export const WHOLE: View = { x0: 0, x1: 1 };

/**
 * The node that a zoom shows: the deepest frame of the zoomed path (keys from the root) that this layout still has. A fix
 * may have removed the frame that was zoomed into. -1: no zoom.
 */
export function zoomedNode(layout: Layout, path: readonly number[]): number {
  for (let i = path.length - 1; i > 0; i--) {
    const node = findNode(layout, path[i] ?? 0);
    if (node > 0 && (layout.width[node] ?? 0) > 0) return node;
  }
  return -1;
}

export function viewOf(layout: Layout, node: number): View {
  if (node < 0) return WHOLE;
  const x0 = layout.x[node] ?? 0;
  return { x0, x1: x0 + (layout.width[node] ?? 1) };
}

/** How many rows hold everything in view that is at least `narrowest` wide (share of the picture's width). */
export function rowsInView(layout: Layout, view: View, narrowest: number): number {
  let deepest = 0;
  let node = 0;
  while (node < layout.count) {
    const x = layout.x[node] ?? 0;
    const width = layout.width[node] ?? 0;
    const seen = width >= narrowest && x < view.x1 && x + width > view.x0;
    if (seen) deepest = Math.max(deepest, (layout.depth[node] ?? 0) + 1);
    node = seen ? node + 1 : (layout.end[node] ?? layout.count);
  }
  return deepest;
}

export interface Camera {
  /** Glides there from wherever it is. */
  moveTo(view: View, now: number, millis: number): void;
  at(now: number): View;
  running(now: number): boolean;
}

export function createCamera(): Camera {
  const tween = createTween();
  let from: View = WHOLE;
  let to: View = WHOLE;
  const at = (now: number): View => {
    const t = tween.at(now);
    return t >= 1 ? to : { x0: from.x0 + (to.x0 - from.x0) * t, x1: from.x1 + (to.x1 - from.x1) * t };
  };
  return {
    at,
    running: tween.running,
    moveTo(view, now, millis) {
      from = at(now);
      to = view;
      tween.start(millis);
    },
  };
}
