import { TRIMMED_FRAME } from '../../protocol/index.ts';
import type { CallTree } from './call-tree.ts';
import { WideSums } from './wide-sums.ts';

/** The nodes of a tree that are drawn, in preorder, then one for all that was trimmed under a node. */
export interface DrawnTree {
  readonly parent: number[];
  readonly frame: number[];
  /** Node of the tree → the drawn node that has its total: itself, or the one that stands for trimmed ones; -1 = below such. */
  readonly place: Int32Array;
  /** How many nodes of the tree are drawn as themselves. */
  readonly kept: number;
}

export function drawTree(tree: Pick<CallTree, 'parent' | 'frame'>, kept: Uint8Array): DrawnTree {
  const place = new Int32Array(kept.length).fill(-1);
  const drawn: { parent: number[]; frame: number[] } = { parent: [], frame: [] };
  const push = (parent: number, frame: number): number => {
    drawn.frame.push(frame);
    return drawn.parent.push(parent) - 1;
  };
  for (let node = 0; node < kept.length; node++) {
    if (kept[node] !== 1) continue;
    const parent = tree.parent[node] ?? -1;
    place[node] = push(parent < 0 ? -1 : (place[parent] ?? -1), tree.frame[node] ?? -1);
  }
  const count = drawn.parent.length;
  // Children stand after their parents, but not in the order of their parents: markers get numbers first.
  const trimmed = trimmedTops(tree.parent, kept);
  const parents = [...new Set(trimmed.map((node) => tree.parent[node] ?? 0))].sort((x, y) => x - y);
  const markerOf = new Map(parents.map((parent) => [parent, push(place[parent] ?? 0, TRIMMED_FRAME)]));
  for (const node of trimmed) place[node] = markerOf.get(tree.parent[node] ?? 0) ?? -1;
  return { ...drawn, place, kept: count };
}

/** Nodes that are left out under one that isn't. */
function trimmedTops(parent: Int32Array, kept: Uint8Array): number[] {
  const tops: number[] = [];
  for (let node = 1; node < kept.length; node++) {
    if (kept[node] !== 1 && kept[parent[node] ?? 0] === 1) tops.push(node);
  }
  return tops;
}

/** Totals and selfs of the drawn nodes; `trimmed` is what stands for others. */
export function valuesOnDrawing(drawn: DrawnTree, values: Pick<CallTree, 'self' | 'total'>) {
  const total = new WideSums(drawn.parent.length);
  const self = new WideSums(drawn.parent.length);
  const trimmed = new WideSums(1);
  drawn.place.forEach((place, node) => {
    if (place < 0) return;
    total.add(place, values.total, node);
    if (place < drawn.kept) self.add(place, values.self, node);
    else trimmed.add(0, values.total, node);
  });
  return { total, self, trimmed };
}
