import { mergeNames } from './name-table.ts';
import { subtreeEnds, TRIMMED_NAME, type TreeShape } from './tree-shape.ts';

/** Two trees laid over each other by stack path. `inA[i]`, `inB[i]`: the node of each; -1 where the path isn't in it. */
export interface JoinedTree extends TreeShape {
  readonly inA: Int32Array;
  readonly inB: Int32Array;
}

/**
 * Every path of both trees, once, in the order of TreeShape. Exact: compares the names, not the keys. O(nodes of both).
 *
 *     a: all ┬ v ── y      b: all ── v ── z      joined: all ┬ v ┬ y     inA  0 1  2 -1  3
 *            └ w                                            │   └ z     inB  0 1 -1  2 -1
 *                                                           └ w
 */
export function joinTrees(a: TreeShape, b: TreeShape): JoinedTree {
  const { names, fromA, fromB } = mergeNames(a.names, b.names);
  const most = a.count + b.count;
  const inA = new Int32Array(most);
  const inB = new Int32Array(most);
  const nameOf = new Int32Array(most);
  const parent = new Int32Array(most);
  const depth = new Uint16Array(most);
  const key = new Float64Array(most);
  let count = 0;

  // One level per open parent: the next child of each side, and where that side's children end.
  const levels = Math.max(deepest(a), deepest(b)) + 3;
  const open = new Int32Array(levels).fill(-1);
  const nextA = new Int32Array(levels);
  const nextB = new Int32Array(levels);
  const lastA = new Int32Array(levels);
  const lastB = new Int32Array(levels);
  lastA[0] = a.count;
  lastB[0] = b.count;
  let level = 0;

  while (level >= 0) {
    const i = nextA[level] ?? 0;
    const j = nextB[level] ?? 0;
    const left = i < (lastA[level] ?? 0) ? placeOf(a.nameOf[i] ?? 0, fromA) : NOWHERE;
    const right = j < (lastB[level] ?? 0) ? placeOf(b.nameOf[j] ?? 0, fromB) : NOWHERE;
    if (left === NOWHERE && right === NOWHERE) {
      level--;
      continue;
    }
    const at = count++;
    const isA = left <= right;
    const isB = right <= left;
    const endA = isA ? (a.end[i] ?? 0) : 0;
    const endB = isB ? (b.end[j] ?? 0) : 0;
    inA[at] = isA ? i : -1;
    inB[at] = isB ? j : -1;
    parent[at] = open[level] ?? -1;
    depth[at] = level;
    nameOf[at] = nameCode(isA ? left : right);
    key[at] = (isA ? a.key[i] : b.key[j]) ?? 0;
    if (isA) nextA[level] = endA;
    if (isB) nextB[level] = endB;
    level++;
    open[level] = at;
    nextA[level] = i + 1;
    lastA[level] = endA;
    nextB[level] = j + 1;
    lastB[level] = endB;
  }

  const parents = parent.subarray(0, count);
  return {
    count,
    names,
    inA: inA.subarray(0, count),
    inB: inB.subarray(0, count),
    nameOf: nameOf.subarray(0, count),
    parent: parents,
    depth: depth.subarray(0, count),
    end: subtreeEnds(parents),
    key: key.subarray(0, count),
  };
}

/** Order of siblings: by name, then what was trimmed. Small integers: the loop above runs over every node of both trees. */
const ROOT_PLACE = -1;
const TRIMMED_PLACE = 0x3fff_fffe;
const NOWHERE = 0x3fff_ffff;

function placeOf(name: number, table: Int32Array): number {
  if (name >= 0) return table[name] ?? 0;
  return name === TRIMMED_NAME ? TRIMMED_PLACE : ROOT_PLACE;
}

function nameCode(place: number): number {
  return place === TRIMMED_PLACE ? TRIMMED_NAME : place;
}

function deepest(tree: TreeShape): number {
  let most = 0;
  for (let i = 0; i < tree.count; i++) most = Math.max(most, tree.depth[i] ?? 0);
  return most;
}
