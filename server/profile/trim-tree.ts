import type { CallTree } from './call-tree.ts';

/**
 * Which nodes stay when at most `most` may be drawn, the root and the markers that stand for trimmed children included: the
 * largest by |total|, each with all its ancestors. Of equal ones the first in preorder stay.
 *
 *     root 10 ─ A 10 ─┬─ B 6 ─ C 6      most = 5      root 10 ─ A 10 ─┬─ B 6 ─ C 6
 *                     ├─ D 3                                          └─ (trimmed 4)
 *                     └─ E 1
 */
export function chooseKept(tree: CallTree, most: number): Uint8Array {
  const count = tree.parent.length;
  const kept = new Uint8Array(count);
  if (most === 0 || count <= most) return kept.fill(1);
  const remaining = countChildren(tree);
  kept[0] = 1;
  let drawn = 2;
  for (const node of byImportance(tree)) {
    const parent = tree.parent[node] ?? 0;
    const added = 1 + (remaining[node] === 0 ? 0 : 1) - (remaining[parent] === 1 ? 1 : 0);
    if (drawn + added > most) break;
    drawn += added;
    remaining[parent] = (remaining[parent] ?? 0) - 1;
    kept[node] = 1;
  }
  return kept;
}

function countChildren(tree: CallTree): Int32Array {
  const children = new Int32Array(tree.parent.length);
  for (let node = 1; node < children.length; node++) {
    const parent = tree.parent[node] ?? 0;
    children[parent] = (children[parent] ?? 0) + 1;
  }
  return children;
}

/** All but the root. A node counts for no more than its parent (negative values allow it), so that parents come first. */
function byImportance(tree: CallTree): Int32Array {
  const count = tree.parent.length;
  const weight = new Float64Array(count);
  weight[0] = Number.POSITIVE_INFINITY;
  for (let node = 1; node < count; node++) {
    weight[node] = Math.min(tree.total.magnitude(node), weight[tree.parent[node] ?? 0] ?? 0);
  }
  const order = Int32Array.from({ length: count - 1 }, (_, i) => i + 1);
  return order.sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b);
}
