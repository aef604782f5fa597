import { type FlameFrame, type FlameGraph, TRIMMED_FRAME } from '../../../protocol/index.ts';

/** Which new frame each frame of a graph becomes. */
export interface Groups {
  readonly frames: FlameFrame[];
  /** By frame; -1: it leaves, and its time stays with what called it. */
  readonly groupOf: Int32Array;
  /** Whether a node melts into a parent of the same group; else only frames leave. */
  readonly melt: boolean;
}

/**
 * The tree with other frames. Siblings of one name are left as they are: a StackTree makes one node of them.
 *
 *     main.a 5 ┬ main.b 3 ── json.Marshal 2       by package, melting     main 5 ── json 2      self 3, 2
 *              └ main.c 1                         without json            main.a 5 ┬ main.b 3   self 1, 3, 1
 *                                                                                  └ main.c 1
 */
export function regroupGraph(graph: FlameGraph, { frames, groupOf, melt }: Groups): FlameGraph {
  const { parent, frame, total, self } = graph.nodes;
  const place = new Int32Array(parent.length);
  const nodes: FlameGraph['nodes'] = { parent: [], frame: [], total: [], self: [] };
  for (let node = 0; node < parent.length; node++) {
    const up = parent[node] ?? -1;
    const seen = frame[node] ?? -1;
    const group = seen >= 0 ? (groupOf[seen] ?? -1) : seen;
    const home = up < 0 ? -1 : (place[up] ?? 0);
    const leaves = seen >= 0 && (group < 0 || (melt && nodes.frame[home] === group));
    if (up >= 0 && leaves) {
      place[node] = home;
      nodes.self[home] = (nodes.self[home] ?? 0) + (self[node] ?? 0);
      continue;
    }
    place[node] = nodes.parent.length;
    nodes.parent.push(home);
    nodes.frame.push(seen === TRIMMED_FRAME ? TRIMMED_FRAME : group);
    nodes.total.push(total[node] ?? 0);
    nodes.self.push(self[node] ?? 0);
  }
  return { ...graph, frames, nodes };
}
