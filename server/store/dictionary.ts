import type { Codec } from './codecs.ts';

/**
 * What every dictionary of the store can do: entries get ids in the order of their first use, are written in the transaction
 * that uses them first, and disappear again if it fails.
 *
 *     ids   0 1 2 3 │ 4 5      persisted = 4, pending = 4, 5
 */
export interface Dictionary {
  /** Entries with ids below this are durable. */
  readonly persisted: number;
  /** Next id. */
  readonly length: number;
  /** The pending entries are durable now. */
  markPersisted(): void;
  /** Forgets the pending entries: their transaction failed. */
  rollBack(): void;
  /** False for an id that was never given or is forgotten. */
  has(id: number): boolean;
  /** Forgets every entry for which `keep` says no. Ids are never given twice. */
  retain(keep: (id: number) => boolean): void;
}

/** What the file sees of a dictionary whose entries are texts there. */
export interface TextDictionary extends Dictionary {
  textOf(id: number): string;
  /** Puts an entry that was read from the file in its place. */
  restoreText(id: number, text: string): void;
}

/** Entries that are equal when their text key is; `key` is the text itself unless a cheaper one is given. */
export class KeyedDictionary<T> implements TextDictionary {
  persisted = 0;
  private readonly entries: (T | undefined)[] = [];
  private readonly ids = new Map<string, number>();
  readonly codec: Codec<T>;
  private readonly keyOf: (entry: T) => string;

  constructor(codec: Codec<T>, keyOf: (entry: T) => string = codec.encode) {
    this.codec = codec;
    this.keyOf = keyOf;
  }

  get length(): number {
    return this.entries.length;
  }

  intern(entry: T): number {
    const key = this.keyOf(entry);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.ids.set(key, this.entries.length);
    return this.entries.push(entry) - 1;
  }

  find(entry: T): number | undefined {
    return this.ids.get(this.keyOf(entry));
  }

  /** Throws for an id that was never given or is forgotten. */
  get(id: number): T {
    const entry = this.entries[id];
    if (entry === undefined) throw new Error(`dictionary has no entry ${id}`);
    return entry;
  }

  /** Live entries with their ids, ascending. */
  *all(from = 0): Generator<[id: number, entry: T]> {
    for (let id = from; id < this.entries.length; id++) {
      const entry = this.entries[id];
      if (entry !== undefined) yield [id, entry];
    }
  }

  textOf(id: number): string {
    return this.codec.encode(this.get(id));
  }

  restoreText(id: number, text: string): void {
    this.restore(id, this.codec.decode(text));
  }

  restore(id: number, entry: T): void {
    while (this.entries.length < id) this.entries.push(undefined);
    this.entries[id] = entry;
    this.ids.set(this.keyOf(entry), id);
    this.persisted = Math.max(this.persisted, id + 1);
  }

  markPersisted(): void {
    this.persisted = this.entries.length;
  }

  rollBack(): void {
    for (const [, entry] of this.all(this.persisted)) this.ids.delete(this.keyOf(entry));
    this.entries.length = this.persisted;
  }

  has(id: number): boolean {
    return this.entries[id] !== undefined;
  }

  retain(keep: (id: number) => boolean): void {
    for (const [id, entry] of this.all()) {
      if (keep(id)) continue;
      this.ids.delete(this.keyOf(entry));
      this.entries[id] = undefined;
    }
  }
}
