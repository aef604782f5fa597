import { growingInts } from './growing-numbers.ts';

/**
 * What goes from one thread to another once and is a number from then on. Profiles of one program name the same hundreds of functions
 * again and again, and their texts are most of what a message costs.
 *
 *     profile of a, b    numbers 0 1    added a b
 *     profile of b, c    numbers 1 2    added c
 */
export interface SentOnce<T> {
  /** Of each item of the profile, in its order. */
  readonly numbers: Int32Array;
  /** Items that get the next numbers. */
  readonly added: readonly T[];
}

export interface Likeness<T> {
  /** Equal for equal items; nearly always tells others apart. */
  hintOf(item: T): string;
  isSame(a: T, b: T): boolean;
  /** Characters of its texts. */
  sizeOf(item: T): number;
}

/** Numbers by which who made the items knows them again: what has one number in one numbering is the same; -1 = it has none. */
export interface OwnersNumbers {
  readonly numbering: object;
  readonly ofItem: ArrayLike<number>;
}

const NO_NUMBERS: OwnersNumbers = { numbering: {}, ofItem: [] };

/** With one hint; more of them, which only a made-up profile has, go anew each time. */
const MOST_ALIKE = 8;

export class OnceSender<T> {
  count = 0;
  /** Of all items that got a number. */
  characters = 0;
  private readonly byHint = new Map<string, { readonly item: T; readonly number: number }[]>();
  /** Number + 1 by the number that the items' owner knows them by, in its latest numbering. */
  private byOwner = { numbering: {}, numbers: growingInts() };
  private readonly likeness: Likeness<T>;

  constructor(likeness: Likeness<T>) {
    this.likeness = likeness;
  }

  send(items: readonly T[], owner: OwnersNumbers = NO_NUMBERS): SentOnce<T> {
    const added: T[] = [];
    const numbers = new Int32Array(items.length);
    if (owner.numbering !== this.byOwner.numbering) this.forgetOwner(owner.numbering);
    const { numbers: known } = this.byOwner;
    for (let at = 0; at < items.length; at++) {
      const ownersNumber = owner.ofItem[at] ?? -1;
      let number = ownersNumber < 0 ? -1 : known.get(ownersNumber) - 1;
      if (number < 0) {
        number = this.numberOf(items[at] as T, added);
        if (ownersNumber >= 0) known.set(ownersNumber, number + 1);
      }
      numbers[at] = number;
    }
    return { numbers, added };
  }

  /** Numbers begin anew. */
  forget(): void {
    this.byHint.clear();
    this.count = 0;
    this.characters = 0;
    this.forgetOwner({});
  }

  private forgetOwner(numbering: object): void {
    this.byOwner = { numbering, numbers: growingInts() };
  }

  private numberOf(item: T, added: T[]): number {
    const hint = this.likeness.hintOf(item);
    const alike = this.byHint.get(hint);
    for (let at = 0; alike !== undefined && at < alike.length; at++) {
      const known = alike[at];
      if (known !== undefined && this.likeness.isSame(known.item, item)) return known.number;
    }
    const entry = { item, number: this.count++ };
    if (alike === undefined) this.byHint.set(hint, [entry]);
    else if (alike.length < MOST_ALIKE) alike.push(entry);
    this.characters += this.likeness.sizeOf(item);
    added.push(item);
    return entry.number;
  }
}

/** The other end, until the sender forgets: gets every message, in order. */
export class OnceReceiver<T> {
  private readonly known: T[] = [];

  add(items: readonly T[]): void {
    for (const item of items) this.known.push(item);
  }

  /** What was sent by one number is one object. */
  get(numbers: ArrayLike<number>): T[] {
    const items: T[] = [];
    for (let at = 0; at < numbers.length; at++) {
      const item = this.known[numbers[at] ?? -1];
      if (item === undefined) throw new Error(`number ${numbers[at]} of ${this.known.length} was never sent`);
      items.push(item);
    }
    return items;
  }
}
