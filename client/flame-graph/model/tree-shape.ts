import type { FlameFrame } from '../../../protocol/index.ts';

/** Distinct function names, ascending by code unit; `frames[i]` is the first symbol with that name. */
export interface NameTable {
  readonly text: readonly string[];
  readonly hash: Float64Array;
  readonly frames: readonly FlameFrame[];
}

/** `nameOf` of the root, and of what the server trimmed. */
export const ROOT_NAME = -1;
export const TRIMMED_NAME = -2;

/**
 * A tree in columns, in pre-order, siblings ascending by name (what was trimmed comes last). Alphabetical and not by weight,
 * because order by weight would make siblings change places while a fix morphs in.
 *
 *     all ┬ a ── c      node    0 1 2 3         first child of i: i + 1, if i + 1 < end[i]
 *         └ b           parent -1 0 1 0         next sibling of i: end[i], if end[i] < end[parent[i]]
 *                       end     4 3 3 4         (end[i]: the first node after i's subtree)
 */
export interface TreeShape {
  readonly count: number;
  readonly names: NameTable;
  readonly nameOf: Int32Array;
  readonly parent: Int32Array;
  readonly depth: Uint16Array;
  readonly end: Int32Array;
  readonly key: Float64Array;
}

export const EMPTY_NAMES: NameTable = { text: [], hash: new Float64Array(0), frames: [] };

export function nodeName(tree: TreeShape, node: number): string {
  const name = tree.nameOf[node] ?? ROOT_NAME;
  if (name === ROOT_NAME) return 'all';
  return name === TRIMMED_NAME ? '(too small, trimmed)' : (tree.names.text[name] ?? '');
}

/** The symbol of a node; null for the root and for what was trimmed. */
export function nodeFrame(tree: TreeShape, node: number): FlameFrame | null {
  return tree.names.frames[tree.nameOf[node] ?? ROOT_NAME] ?? null;
}

/** Nodes from the root to this one, both included. */
export function nodesToRoot(tree: TreeShape, node: number): number[] {
  const nodes: number[] = [];
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) nodes.push(at);
  return nodes.reverse();
}

/** The node with that key; -1 when the path isn't in this tree. */
export function findNode(tree: TreeShape, key: number): number {
  return tree.key.indexOf(key);
}

/** `end` from `parent`: in pre-order a subtree ends where its last descendant does. */
export function subtreeEnds(parent: Int32Array): Int32Array {
  const end = new Int32Array(parent.length);
  for (let i = parent.length - 1; i >= 0; i--) {
    if ((end[i] ?? 0) === 0) end[i] = i + 1;
    const up = parent[i] ?? -1;
    if (up >= 0 && (end[up] ?? 0) < (end[i] ?? 0)) end[up] = end[i] ?? 0;
  }
  return end;
}
