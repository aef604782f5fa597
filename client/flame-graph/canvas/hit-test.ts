import { type Morph, widthAt, xAt } from '../model/morph.ts';

/** The node that stands at `x` (share of the picture's width) in the row of a depth; -1: none. Walks one path, not the tree. */
export function nodeAt(morph: Morph, t: number, x: number, depth: number): number {
  if (morph.count === 0 || depth < 0 || !holds(morph, 0, t, x)) return -1;
  let node = 0;
  while ((morph.depth[node] ?? 0) < depth) {
    let child = node + 1;
    const end = morph.end[node] ?? 0;
    while (child < end && !holds(morph, child, t, x)) child = morph.end[child] ?? end;
    if (child >= end) return -1;
    node = child;
  }
  return node;
}

function holds(morph: Morph, node: number, t: number, x: number): boolean {
  const begin = xAt(morph, node, t);
  return x >= begin && x < begin + widthAt(morph, node, t);
}
