/** Parents before their children; node 0 is the root. */
export interface WeighedTree {
  readonly parent: Int32Array;
  /** |total| of a node. */
  magnitude(node: number): number;
}

/**
 * Which nodes stay when at most `most` may be drawn, the root and the markers that stand for trimmed children included: the
 * largest by |total|, each with all its ancestors. Of equal ones the first in preorder stay.
 *
 *     root 10 ─ A 10 ─┬─ B 6 ─ C 6      most = 5      root 10 ─ A 10 ─┬─ B 6 ─ C 6
 *                     ├─ D 3                                          └─ (trimmed 4)
 *                     └─ E 1
 */
export function chooseKept(tree: WeighedTree, most: number): Uint8Array {
  const count = tree.parent.length;
  const kept = new Uint8Array(count);
  if (most === 0 || count <= most) return kept.fill(1);
  const remaining = countChildren(tree.parent);
  kept[0] = 1;
  let drawn = 2;
  for (const node of mostImportant(tree, most)) {
    const parent = tree.parent[node] ?? 0;
    const added = 1 + (remaining[node] === 0 ? 0 : 1) - (remaining[parent] === 1 ? 1 : 0);
    if (drawn + added > most) break;
    drawn += added;
    remaining[parent] = (remaining[parent] ?? 0) - 1;
    kept[node] = 1;
  }
  return kept;
}

function countChildren(parents: Int32Array): Int32Array {
  const children = new Int32Array(parents.length);
  for (let node = 1; node < children.length; node++) {
    const parent = parents[node] ?? 0;
    children[parent] = (children[parent] ?? 0) + 1;
  }
  return children;
}

/** The `most` heaviest nodes but the root, heaviest first, of equal ones the first in preorder; parents before children. */
function mostImportant(tree: WeighedTree, most: number): number[] {
  const weight = weightsOf(tree);
  // Sorted without a comparing function, a million nodes take a tenth of the time.
  const lightest = weight.toSorted()[weight.length - most - 1] ?? 0;
  const heavier: number[] = [];
  const equal: number[] = [];
  for (let node = 1; node < weight.length; node++) {
    const own = weight[node] ?? 0;
    if (own > lightest) heavier.push(node);
    else if (own === lightest && equal.length < most) equal.push(node);
  }
  heavier.sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b);
  return [...heavier, ...equal];
}

/** |total|; but a node counts for no more than its parent (negative values allow it), so that parents come first. */
function weightsOf(tree: WeighedTree): Float64Array {
  const weight = new Float64Array(tree.parent.length);
  weight[0] = Number.POSITIVE_INFINITY;
  for (let node = 1; node < weight.length; node++) {
    weight[node] = Math.min(tree.magnitude(node), weight[tree.parent[node] ?? 0] ?? 0);
  }
  return weight;
}
