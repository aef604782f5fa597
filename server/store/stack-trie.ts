import type { Dictionary } from './dictionary.ts';
import { growingInts } from './growing-numbers.ts';
import { finishHash, HashIndex, mixHash } from './hash-index.ts';

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
  private readonly parents = growingInts();
  private readonly items = growingInts();
  private readonly index = new HashIndex();

  constructor() {
    this.parents.push(-1);
    this.items.push(-1);
  }

  get length(): number {
    return this.parents.length;
  }

  parent(id: number): number {
    return this.parents.get(id);
  }

  item(id: number): number {
    return this.items.get(id);
  }

  child(parent: number, item: number): number {
    const hash = hashNode(parent, item);
    const known = this.index.find(hash, (id) => this.items.get(id) === item && this.parents.get(id) === parent);
    if (known !== undefined) return known;
    const id = this.parents.length;
    this.parents.push(parent);
    this.items.push(item);
    this.index.add(hash, id);
    return id;
  }

  /** Puts a node that was read from the file in its place. */
  restore(id: number, parent: number, item: number): void {
    while (this.items.length < id) this.items.push(GONE);
    this.parents.set(id, parent);
    this.items.set(id, item);
    this.index.add(hashNode(parent, item), id);
    this.persisted = Math.max(this.persisted, id + 1);
  }

  markPersisted(): void {
    this.persisted = this.parents.length;
  }

  rollBack(): void {
    if (this.persisted === this.parents.length) return;
    this.index.retain((id) => id < this.persisted);
    this.parents.truncate(this.persisted);
    this.items.truncate(this.persisted);
  }

  /** `keep` must hold for the parent of every node for which it holds. */
  retain(keep: (id: number) => boolean): void {
    this.index.retain(keep);
    for (let id = 1; id < this.length; id++) if (!keep(id)) this.items.set(id, GONE);
  }

  has(id: number): boolean {
    return id < this.length && this.items.get(id) !== GONE;
  }
}

function hashNode(parent: number, item: number): number {
  return finishHash(mixHash(mixHash(0, parent), item));
}
