import type { FlameGraph } from '../../protocol/index.ts';
import { buildCallTree } from './call-tree.ts';
import { drawTree, valuesOnDrawing } from './drawn-tree.ts';
import { mergeFrames } from './merged-frames.ts';
import type { StackSums, WindowSummary } from './stack-sums.ts';
import { chooseKept } from './trim-tree.ts';
import { JsonNumbers } from './wide-sums.ts';

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
  const weighed = { parent: tree.parent, magnitude: (node: number) => tree.total.magnitude(node) };
  const drawn = drawTree(tree, chooseKept(weighed, options.maxFrames ?? DEFAULT_MAX_FRAMES));
  const { total, self, trimmed } = valuesOnDrawing(drawn, tree);
  const nodes = { parent: drawn.parent, frame: drawn.frame, total: total.toNumbers(), self: self.toNumbers() };
  const value = trimmed.toNumber(0);
  const numbers = new JsonNumbers();
  const window = drawnWindow(sums.window, numbers);
  return {
    unit: sums.type.unit,
    total: nodes.total[0] ?? 0,
    frames: [...frames],
    nodes,
    trimmed: { nodes: tree.parent.length - drawn.kept, value },
    window,
    ...([total, self, trimmed, numbers].some(({ saturated }) => saturated) ? { saturated: true } : {}),
  };
}

export function drawnWindow(window: WindowSummary, numbers: JsonNumbers): FlameGraph['window'] {
  const { from, to, profiles, requests, durationNanos } = window;
  return { from, to, profiles, requests, durationNanos: numbers.of(Number(durationNanos)) };
}
