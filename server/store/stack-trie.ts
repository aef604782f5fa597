import { type GrowingNumbers, growingInts } from '../profile/growing-numbers.ts';
import { finishHash, HashIndex, mixHash } from '../profile/hash-index.ts';
import type { Dictionary } from './dictionary.ts';

/** Item of a node that is forgotten. */
const GONE = -2;

/**
 * Stacks as a tree of (parent, item) nodes: a stack is the id of its leaf, 0 is the empty stack, shared beginnings are kept
 * once, and an id names its parent by a smaller number.
 *
 *     main;a;b  and  main;a;c       id      1     2  3  4
 *                                   parent  0     1  2  2
 *                                   item    main  a  b  c        stacks: 3 and 4
 */
export class StackTrie implements Dictionary {
  persisted = 1;
  /** Parent and item of node i: `nodes[2i]`, `nodes[2i + 1]`; side by side, as memory is what a lookup waits for. */
  private readonly nodes = growingInts();
  private readonly index = new HashIndex();
  /** Leaves of the stacks that were asked for as a whole: most come again, and their nodes lie in a row. */
  private readonly leaves = new HashIndex();
  /** Leaf + 1 by number of the stack, 0 = not known yet; of each numbering that is still in use. */
  private byNumber = new WeakMap<object, GrowingNumbers<Int32Array>>();

  constructor() {
    this.put(0, -1, -1);
  }

  get length(): number {
    return this.nodes.length / 2;
  }

  parent(id: number): number {
    return this.nodes.get(2 * id);
  }

  item(id: number): number {
    return this.nodes.get(2 * id + 1);
  }

  /** Id of the stack with these items, `items[0]` its leaf. */
  leafOf(items: Int32Array, depth: number): number {
    let hash = 0;
    for (let at = 0; at < depth; at++) hash = mixHash(hash, items[at] ?? 0);
    hash = finishHash(hash);
    const known = this.leaves.find(hash, (leaf) => this.isStack(leaf, items, depth));
    if (known !== undefined) return known;
    let leaf = 0;
    for (let at = depth - 1; at >= 0; at--) leaf = this.child(leaf, items[at] ?? 0);
    this.leaves.add(hash, leaf);
    return leaf;
  }

  /** What is known of the stacks of a numbering, to be read and written until the next entry is forgotten. */
  leavesByNumber(numbering: object): GrowingNumbers<Int32Array> {
    const known = this.byNumber.get(numbering) ?? growingInts();
    this.byNumber.set(numbering, known);
    return known;
  }

  child(parent: number, item: number): number {
    const hash = hashNode(parent, item);
    const known = this.index.find(hash, (id) => this.item(id) === item && this.parent(id) === parent);
    if (known !== undefined) return known;
    const id = this.length;
    this.put(id, parent, item);
    this.index.add(hash, id);
    return id;
  }

  /** Puts a node that was read from the file in its place. */
  restore(id: number, parent: number, item: number): void {
    while (this.length < id) this.put(this.length, 0, GONE);
    this.put(id, parent, item);
    this.index.add(hashNode(parent, item), id);
    this.persisted = Math.max(this.persisted, id + 1);
  }

  markPersisted(): void {
    this.persisted = this.length;
  }

  rollBack(): void {
    if (this.persisted === this.length) return;
    this.index.retain((id) => id < this.persisted);
    this.leaves.retain((id) => id < this.persisted);
    this.byNumber = new WeakMap();
    this.nodes.truncate(2 * this.persisted);
  }

  /** `keep` must hold for the parent of every node for which it holds. */
  retain(keep: (id: number) => boolean): void {
    this.index.retain(keep);
    this.leaves.retain(keep);
    this.byNumber = new WeakMap();
    for (let id = 1; id < this.length; id++) if (!keep(id)) this.nodes.set(2 * id + 1, GONE);
  }

  has(id: number): boolean {
    return id < this.length && this.item(id) !== GONE;
  }

  private put(id: number, parent: number, item: number): void {
    this.nodes.set(2 * id, parent);
    this.nodes.set(2 * id + 1, item);
  }

  private isStack(leaf: number, items: Int32Array, depth: number): boolean {
    let node = leaf;
    for (let at = 0; at < depth; at++) {
      if (node === 0 || this.item(node) !== items[at]) return false;
      node = this.parent(node);
    }
    return node === 0;
  }
}

function hashNode(parent: number, item: number): number {
  return finishHash(mixHash(mixHash(0, parent), item));
}
