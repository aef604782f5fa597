import { type FlameGraph, TRIMMED_FRAME } from '../../protocol/index.ts';
import { buildCallTree, type CallTree } from './call-tree.ts';
import { mergeFrames } from './merged-frames.ts';
import type { StackSums, WindowSummary } from './stack-sums.ts';
import { chooseKept } from './trim-tree.ts';
import { WideSums } from './wide-sums.ts';

export const DEFAULT_MAX_FRAMES = 20_000;

export interface FlameGraphOptions {
  /** Most nodes in the answer, root and trimmed ones included (never fewer than 2); 0 = untrimmed. */
  readonly maxFrames?: number;
}

/**
 * The merged call tree as the page draws it: frames ordered by name, nodes in preorder, children by frame. The same sums give
 * the same answer whatever the order of the stacks. Trimming changes neither `self` nor `total` of a kept node; what went
 * under a node is one child with frame -2, after all other nodes.
 *
 *     main.a;main.b 6                 parent  [-1, 0, 1, 1]
 *     main.a;main.c 4     (root       frame   [-1, 0, 1, 2]      frames: main.a, main.b, main.c
 *     main.a        1      first)     total   [11, 11, 6, 4]
 *                                     self    [0, 1, 6, 4]
 */
export function computeFlameGraph(sums: StackSums, options: FlameGraphOptions = {}): FlameGraph {
  const { frames, frameOf } = mergeFrames(sums.functions, sums.frame);
  const tree = buildCallTree(sums, frameOf);
  const kept = chooseKept(tree, options.maxFrames ?? DEFAULT_MAX_FRAMES);
  const { nodes, trimmed, saturated } = drawNodes(tree, kept);
  return {
    unit: sums.type.unit,
    total: nodes.total[0] ?? 0,
    frames: [...frames],
    nodes,
    trimmed,
    window: drawnWindow(sums.window),
    ...(saturated ? { saturated } : {}),
  };
}

function drawNodes(tree: CallTree, kept: Uint8Array) {
  const count = tree.parent.length;
  const nodes: FlameGraph['nodes'] = { parent: [], frame: [], total: [], self: [] };
  const place = new Int32Array(count).fill(-1);
  const gone = new WideSums(count + 1);
  const goneNodes = new Int32Array(count);
  for (let node = 0; node < count; node++) {
    const parent = tree.parent[node] ?? -1;
    if (kept[node] === 1) {
      const drawnParent = parent < 0 ? -1 : (place[parent] ?? -1);
      const drawn = { frame: tree.frame[node] ?? -1, total: tree.total.toNumber(node), self: tree.self.toNumber(node) };
      place[node] = pushNode(nodes, drawnParent, drawn);
    } else if (kept[parent] === 1) {
      gone.add(parent, tree.total, node);
      gone.add(count, tree.total, node);
      goneNodes[parent] = 1;
    }
  }
  goneNodes.forEach((some, node) => {
    if (some === 1) pushNode(nodes, place[node] ?? 0, { frame: TRIMMED_FRAME, total: gone.toNumber(node), self: 0 });
  });
  const keptNodes = kept.reduce((sum, one) => sum + one, 0);
  const trimmed = { nodes: count - keptNodes, value: gone.toNumber(count) };
  return { nodes, trimmed, saturated: tree.total.saturated || tree.self.saturated || gone.saturated };
}

function pushNode(
  nodes: FlameGraph['nodes'],
  parent: number,
  drawn: { frame: number; total: number; self: number },
): number {
  nodes.frame.push(drawn.frame);
  nodes.total.push(drawn.total);
  nodes.self.push(drawn.self);
  return nodes.parent.push(parent) - 1;
}

function drawnWindow(window: WindowSummary): FlameGraph['window'] {
  const { from, to, profiles, requests, durationNanos } = window;
  return { from, to, profiles, requests, durationNanos: Number(durationNanos) };
}
