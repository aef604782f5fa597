import { type DiffGraph, TOO_FEW_WINDOWS } from '../../protocol/index.ts';
import { pathOf } from './diff-sides.ts';
import type { NodeDifference } from './difference-words.ts';

export interface LargeChange extends NodeDifference {
  readonly node: number;
  readonly path: readonly string[];
  readonly before: number;
  readonly after: number;
}

/** A caller that has at most a tenth of change of its own repeats what its callee says. */
const REPEATS = 0.9;

/** As many as the lab gives intervals for. */
const MOST = 200;

/**
 * The largest differences, with their intervals where the lab has any, largest first; of a chain of calls that pass the same
 * change on, the innermost.
 *
 *     main +10 ── serve +10 ┬ sort +9.5       →  sort +9.5, find +0.5
 *                           └ find +0.5
 */
export function largestChanges(diff: DiffGraph): LargeChange[] {
  const { nodes } = diff;
  const largest = diff.largest === TOO_FEW_WINDOWS ? withoutIntervals(diff) : diff.largest;
  const repeated = new Set<number>();
  const differenceOf = new Map(largest.map(({ node, difference }) => [node, difference]));
  for (const { node, difference } of largest) {
    const parent = nodes.parent[node] ?? -1;
    const above = differenceOf.get(parent);
    const same = above !== undefined && above > 0 === difference > 0;
    if (same && Math.abs(difference) >= REPEATS * Math.abs(above)) repeated.add(parent);
  }
  return largest
    .filter(({ node }) => !repeated.has(node))
    .map((one) => ({
      ...one,
      path: pathOf(diff, one.node),
      before: nodes.aTotal[one.node] ?? 0,
      after: nodes.bTotal[one.node] ?? 0,
    }));
}

function withoutIntervals({ nodes }: DiffGraph) {
  const { frame, aTotal, bTotal } = nodes;
  return frame
    .map((of, node) => ({ node, of, difference: (bTotal[node] ?? 0) - (aTotal[node] ?? 0) }))
    .filter(({ of, difference }) => of >= 0 && difference !== 0)
    .sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference) || x.node - y.node)
    .slice(0, MOST)
    .map(({ node, difference }) => ({ node, difference, interval: null, changed: null }));
}
