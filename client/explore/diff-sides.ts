import { type DiffGraph, type FlameGraph, ROOT_FRAME } from '../../protocol/index.ts';
import type { Per } from '../flame-graph/index.ts';

/**
 * Both sides of a difference as graphs of their own, so that they are drawn as any two. Their values are divided already, so
 * their windows say one request, and one second.
 */
export function sidesOf(diff: DiffGraph): { before: FlameGraph; after: FlameGraph; per: Per } {
  const { unit, frames, nodes, trimmed, a, b, saturated } = diff;
  const { parent, frame } = nodes;
  const side = ({ total, window }: DiffGraph['a'], totals: number[], selfs: number[], left: number): FlameGraph => ({
    unit,
    total,
    frames,
    nodes: { parent, frame, total: totals, self: selfs },
    trimmed: { nodes: trimmed.nodes, value: left },
    saturated,
    window: { ...window, requests: 1, durationNanos: 1e9 },
  });
  return {
    before: side(a, nodes.aTotal, nodes.aSelf, trimmed.a),
    after: side(b, nodes.bTotal, nodes.bSelf, trimmed.b),
    per: diff.per === 'profile' ? 'total' : diff.per,
  };
}

/** Function names from the root to a node, this one last; none for the root. */
export function pathOf({ nodes, frames }: Pick<DiffGraph, 'nodes' | 'frames'>, node: number): string[] {
  const path: string[] = [];
  for (let at = node; at >= 0; at = nodes.parent[at] ?? -1) {
    const frame = nodes.frame[at] ?? ROOT_FRAME;
    if (frame !== ROOT_FRAME) path.unshift(frames[frame]?.name ?? '');
  }
  return path;
}
