import type { FlameGraph } from '../../../protocol/index.ts';

/**
 * The stacks that run through a found frame, with their values; `graph.total` stays the whole, the root has what is left of it.
 * `found`: by frame.
 *
 *     main 10 ┬ sort 6 ── less 4        "sort":  main 7 ┬ sort 6 ── less 4
 *             └ read 4 ── sort 1                        └ read 1 ── sort 1
 */
export function keepFound(graph: FlameGraph, found: Uint8Array): FlameGraph {
  const { parent, frame, total, self } = graph.nodes;
  const count = parent.length;
  /** 1: found or under one that is. */
  const inside = new Uint8Array(count);
  const left = new Float64Array(count);
  for (let node = 0; node < count; node++) {
    const up = parent[node] ?? -1;
    if ((up >= 0 && inside[up] === 1) || found[frame[node] ?? -1] === 1) inside[node] = 1;
  }
  const keeps = inside.slice();
  for (let node = count - 1; node >= 0; node--) {
    if (inside[node] === 1) left[node] = total[node] ?? 0;
    const up = parent[node] ?? -1;
    if (up < 0 || keeps[node] !== 1) continue;
    keeps[up] = 1;
    if (inside[up] !== 1) left[up] = (left[up] ?? 0) + (left[node] ?? 0);
  }
  const place = new Int32Array(count);
  const nodes: FlameGraph['nodes'] = { parent: [], frame: [], total: [], self: [] };
  for (let node = 0; node < count; node++) {
    const up = parent[node] ?? -1;
    if (keeps[node] !== 1 && up >= 0) continue;
    place[node] = nodes.parent.length;
    nodes.parent.push(up < 0 ? -1 : (place[up] ?? 0));
    nodes.frame.push(frame[node] ?? -1);
    nodes.total.push(left[node] ?? 0);
    nodes.self.push(inside[node] === 1 ? (self[node] ?? 0) : 0);
  }
  return { ...graph, nodes };
}
