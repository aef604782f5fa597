import type { StackSums } from './stack-sums.ts';
import { WideSums } from './wide-sums.ts';

/** A call tree in preorder: node 0 is the root (frame -1); a parent stands before its children, which are ordered by frame. */
export interface CallTree {
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  readonly self: WideSums;
  readonly total: WideSums;
  /** Stack → the node where it ends. */
  readonly leafOf: Int32Array;
}

/**
 * Merges the stacks into a tree, so that equal call paths are one node.
 *
 *     A;B 3   A;C 4   A 1   (root first)        root 8 ── A 8 (self 1) ─┬─ B 3
 *                                                                       └─ C 4
 */
export function buildCallTree(sums: StackSums, frameOf: Uint32Array): CallTree {
  const growing = new GrowingTree();
  const leaves = new Int32Array(sums.values.length);
  for (let stack = 0; stack < leaves.length; stack++) {
    let node = 0;
    for (let i = (sums.start[stack + 1] ?? 0) - 1; i >= (sums.start[stack] ?? 0); i--) {
      node = growing.child(node, frameOf[sums.frame[i] ?? 0] ?? 0);
    }
    leaves[stack] = node;
  }
  const { parent, frame, position } = inPreorder(growing);
  const leafOf = leaves.map((leaf) => position[leaf] ?? 0);
  return { parent, frame, leafOf, ...valuesOnTree({ parent, leafOf }, sums.values) };
}

/** Self and total of each node when the stacks have these values. */
export function valuesOnTree(
  { parent, leafOf }: Pick<CallTree, 'parent' | 'leafOf'>,
  stackValues: BigInt64Array,
): Pick<CallTree, 'self' | 'total'> {
  const self = new WideSums(parent.length);
  const values = WideSums.of(stackValues);
  leafOf.forEach((leaf, stack) => {
    self.add(leaf, values, stack);
  });
  return { self, total: totalsOf(parent, self) };
}

function totalsOf(parent: Int32Array, self: WideSums): WideSums {
  const total = new WideSums(parent.length);
  for (let node = parent.length - 1; node >= 0; node--) {
    total.add(node, self, node);
    const above = parent[node] ?? -1;
    if (above >= 0) total.add(above, total, node);
  }
  return total;
}

/** Nodes in the order of their first appearance, found by parent and frame in an open-addressing table. */
class GrowingTree {
  readonly parent: number[] = [-1];
  readonly frame: number[] = [-1];
  private slots = new Int32Array(1024);

  child(parent: number, frame: number): number {
    let slot = this.slotOf(parent, frame);
    const known = this.slots[slot] ?? 0;
    if (known > 0) return known;
    const node = this.parent.push(parent) - 1;
    this.frame.push(frame);
    if (node * 2 > this.slots.length) {
      this.rehash();
      slot = this.slotOf(parent, frame);
    }
    this.slots[slot] = node;
    return node;
  }

  /** Where this node is, or where it goes; 0 = free, since the root is nobody's child. */
  private slotOf(parent: number, frame: number): number {
    const mask = this.slots.length - 1;
    const mixed = Math.imul(Math.imul(parent, 0x9e3779b1) ^ frame, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const node = this.slots[slot] ?? 0;
      if (node === 0 || (this.parent[node] === parent && this.frame[node] === frame)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let node = 1; node < this.parent.length; node++) {
      this.slots[this.slotOf(this.parent[node] ?? 0, this.frame[node] ?? 0)] = node;
    }
  }
}

/** `position`: node of the growing tree → its place in the preorder. */
function inPreorder(tree: GrowingTree): { parent: Int32Array; frame: Int32Array; position: Int32Array } {
  const count = tree.parent.length;
  const { firstChild, nextSibling } = childrenByFrame(tree);
  const parent = new Int32Array(count);
  const frame = new Int32Array(count);
  const position = new Int32Array(count);
  let node = 0;
  for (let place = 0; place < count; place++) {
    position[node] = place;
    parent[place] = node === 0 ? -1 : (position[tree.parent[node] ?? 0] ?? 0);
    frame[place] = tree.frame[node] ?? -1;
    let next = firstChild[node] ?? -1;
    for (; next < 0 && node > 0; node = tree.parent[node] ?? 0) next = nextSibling[node] ?? -1;
    node = next;
  }
  return { parent, frame, position };
}

/** Every node is put before the siblings that are already there, highest frame first: so they end up in the order of frames. */
function childrenByFrame(tree: GrowingTree): { firstChild: Int32Array; nextSibling: Int32Array } {
  const count = tree.parent.length;
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  const { lastOfFrame, previous } = nodesByFrame(tree);
  for (let frame = lastOfFrame.length - 1; frame >= 0; frame--) {
    for (let node = lastOfFrame[frame] ?? 0; node > 0; node = previous[node] ?? 0) {
      const parent = tree.parent[node] ?? 0;
      nextSibling[node] = firstChild[parent] ?? -1;
      firstChild[parent] = node;
    }
  }
  return { firstChild, nextSibling };
}

/** Lists of the nodes with the same frame, linked backwards; 0 ends a list. */
function nodesByFrame(tree: GrowingTree): { lastOfFrame: number[]; previous: Int32Array } {
  const lastOfFrame: number[] = [];
  const previous = new Int32Array(tree.parent.length);
  for (let node = 1; node < previous.length; node++) {
    const frame = tree.frame[node] ?? 0;
    while (lastOfFrame.length <= frame) lastOfFrame.push(0);
    previous[node] = lastOfFrame[frame] ?? 0;
    lastOfFrame[frame] = node;
  }
  return { lastOfFrame, previous };
}
