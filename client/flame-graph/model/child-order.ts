import { type FlameGraph, TRIMMED_FRAME } from '../../../protocol/index.ts';
import { ROOT_NAME, TRIMMED_NAME } from './tree-shape.ts';

/**
 * The children of every node of a graph as linked lists, DESCENDING by name with what was trimmed first, so that pushing a
 * list on a stack leaves the least on top. `name[i]`: the node's name as in TreeShape. No child: -1.
 */
export interface ChildOrder {
  readonly name: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/** O(nodes): a counting sort by name, then one pass that prepends each node to its parent's list. */
export function childOrder(graph: FlameGraph, nameOfFrame: Int32Array, names: number): ChildOrder {
  const { parent, frame } = graph.nodes;
  const name = new Int32Array(parent.length);
  for (let i = 0; i < name.length; i++) name[i] = nameOfNode(frame[i] ?? ROOT_NAME, nameOfFrame);
  const firstChild = new Int32Array(parent.length).fill(-1);
  const nextSibling = new Int32Array(parent.length).fill(-1);
  const byName = nodesByName(name, names);
  for (let i = 0; i < byName.length; i++) {
    const node = byName[i] ?? 0;
    const up = parent[node] ?? -1;
    if (up < 0) continue;
    nextSibling[node] = firstChild[up] ?? -1;
    firstChild[up] = node;
  }
  return { name, firstChild, nextSibling };
}

/** One list of the children of several nodes, in the same order; relinks them and answers its first. */
export function mergeChildren(nodes: readonly number[], order: ChildOrder): number {
  const children = nodes.flatMap((node) => childrenOf(node, order));
  const place = (node: number) => placeOf(order.name[node] ?? ROOT_NAME, Number.MAX_SAFE_INTEGER);
  children.sort((a, b) => place(b) - place(a) || b - a);
  children.forEach((child, index) => {
    order.nextSibling[child] = children[index + 1] ?? -1;
  });
  return children[0] ?? -1;
}

function childrenOf(node: number, order: ChildOrder): number[] {
  const children: number[] = [];
  for (let at = order.firstChild[node] ?? -1; at >= 0; at = order.nextSibling[at] ?? -1) children.push(at);
  return children;
}

function nameOfNode(frame: number, nameOfFrame: Int32Array): number {
  if (frame >= 0) return nameOfFrame[frame] ?? 0;
  return frame === TRIMMED_FRAME ? TRIMMED_NAME : ROOT_NAME;
}

/** Names keep their place; root and trimmed nodes come last. */
function placeOf(name: number, last: number): number {
  return name >= 0 ? name : last;
}

function nodesByName(name: Int32Array, names: number): Int32Array {
  const start = new Int32Array(names + 2);
  for (let i = 0; i < name.length; i++) {
    const bucket = placeOf(name[i] ?? 0, names) + 1;
    start[bucket] = (start[bucket] ?? 0) + 1;
  }
  for (let i = 1; i < start.length; i++) start[i] = (start[i] ?? 0) + (start[i - 1] ?? 0);
  const sorted = new Int32Array(name.length);
  for (let node = 0; node < name.length; node++) {
    const bucket = placeOf(name[node] ?? 0, names);
    const place = start[bucket] ?? 0;
    sorted[place] = node;
    start[bucket] = place + 1;
  }
  return sorted;
}
