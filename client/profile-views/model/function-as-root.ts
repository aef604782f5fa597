import type { FlameGraph } from '../../../protocol/index.ts';

/**
 * Half a sandwich with its function as the root: the lab's trees have the whole above it. Functions of the same name in several
 * files become one.
 *
 *     all 6 ── sort 6 ┬ less 4          sort 6 ┬ less 4
 *                     └ swap 1    →            └ swap 1
 */
export function functionAsRoot(graph: FlameGraph): FlameGraph {
  const { parent, frame, total, self } = graph.nodes;
  const crust = parent.map((up, node) => up < 0 || (up === 0 && (frame[node] ?? -1) >= 0));
  const nodes: FlameGraph['nodes'] = { parent: [-1], frame: [-1], total: [graph.total], self: [self[0] ?? 0] };
  const place = new Int32Array(parent.length);
  parent.forEach((up, node) => {
    if (crust[node]) {
      if (up < 0) return;
      nodes.frame[0] = frame[node] ?? -1;
      nodes.self[0] = (nodes.self[0] ?? 0) + (self[node] ?? 0);
      return;
    }
    place[node] = nodes.parent.length;
    nodes.parent.push(place[up] ?? 0);
    nodes.frame.push(frame[node] ?? -1);
    nodes.total.push(total[node] ?? 0);
    nodes.self.push(self[node] ?? 0);
  });
  return { ...graph, nodes };
}
