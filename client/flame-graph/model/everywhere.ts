import type { Picture } from './picture.ts';
import { ROOT_NAME } from './tree-shape.ts';

/** A function over the whole tree: in how many places it stands, and what they cost together, nested ones counted once. */
export interface Everywhere {
  readonly places: number;
  readonly total: number;
}

/**
 *     main 10 ┬ sort 6 ── sort 4       sort: 3 places, total 6 + 1
 *             └ read 4 ── sort 1
 */
export function everywhereOf({ layout, total }: Picture, node: number): Everywhere {
  const name = layout.nameOf[node] ?? ROOT_NAME;
  let places = 0;
  let sum = 0;
  let coveredUntil = 0;
  for (let at = 0; at < layout.count; at++) {
    if (layout.nameOf[at] !== name) continue;
    places++;
    if (at < coveredUntil) continue;
    sum += total[at] ?? 0;
    coveredUntil = layout.end[at] ?? 0;
  }
  return { places, total: sum };
}
