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
  const open: number[] = [-1];
  const nextA: number[] = [0];
  const nextB: number[] = [0];
  let level = 0;

  while (level >= 0) {
    const up = open[level] ?? -1;
    const i = nextA[level] ?? 0;
    const j = nextB[level] ?? 0;
    const moreA = i < endOf(a, up < 0 ? -2 : (inA[up] ?? -1));
    const moreB = j < endOf(b, up < 0 ? -2 : (inB[up] ?? -1));
    if (!moreA && !moreB) {
      level--;
      continue;
    }
    const left = moreA ? placeOf(a.nameOf[i] ?? 0, fromA) : Number.POSITIVE_INFINITY;
    const right = moreB ? placeOf(b.nameOf[j] ?? 0, fromB) : Number.POSITIVE_INFINITY;
    const at = count++;
    const isA = left <= right;
    const isB = right <= left;
    inA[at] = isA ? i : -1;
    inB[at] = isB ? j : -1;
    parent[at] = up;
    depth[at] = level;
    nameOf[at] = nameCode(isA ? left : right);
    key[at] = (isA ? a.key[i] : b.key[j]) ?? 0;
    if (isA) nextA[level] = a.end[i] ?? 0;
    if (isB) nextB[level] = b.end[j] ?? 0;
    level++;
    open[level] = at;
    nextA[level] = i + 1;
    nextB[level] = j + 1;
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

/** Where the children of a node end; -1: the path isn't in this tree, so it has none; -2: the level of the root itself. */
function endOf(tree: TreeShape, node: number): number {
  if (node === -2) return tree.count;
  return node < 0 ? 0 : (tree.end[node] ?? 0);
}

const ROOT_PLACE = -1;
const TRIMMED_PLACE = Number.MAX_SAFE_INTEGER;

function placeOf(name: number, table: Int32Array): number {
  if (name >= 0) return table[name] ?? 0;
  return name === TRIMMED_NAME ? TRIMMED_PLACE : ROOT_PLACE;
}

function nameCode(place: number): number {
  return place === TRIMMED_PLACE ? TRIMMED_NAME : place;
}
