import type { Dictionary } from './dictionary.ts';
import { growingFloats, growingInts } from './growing-numbers.ts';
import { finishHash, HashIndex, mixHash } from './hash-index.ts';

/** A location with the ids of the store. */
export interface StoredLocation {
  /** -1 = none. */
  readonly mapping: number;
  /** The two halves of the address, as signed 32-bit numbers: no big integer is made on the way in. */
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly folded: boolean;
  readonly lineCount: number;
  /** `LINE_WIDTH` numbers a line: function, line, column; innermost inlined function first. More may follow the last line. */
  readonly lines: ArrayLike<number>;
}

/** One that is filled again and again. */
export type DraftLocation = { -readonly [K in keyof StoredLocation]: StoredLocation[K] } & { lines: Float64Array };

/** Numbers of a line. */
export const LINE_WIDTH = 3;

/** The lines of a location one by one. */
export function linesOf({ lineCount, lines }: StoredLocation): { function: number; number: number; column: number }[] {
  return Array.from({ length: lineCount }, (_, line) => {
    const at = line * LINE_WIDTH;
    return { function: lines[at] ?? 0, number: lines[at + 1] ?? 0, column: lines[at + 2] ?? 0 };
  });
}

/** Mapping of a location that is forgotten. */
const GONE = -2;

/** Where the parts of a location stand among its `WIDTH` numbers: side by side, as memory is what a lookup waits for. */
const WIDTH = 8;
const MAPPING = 0;
const ADDRESS_LOW = 1;
const ADDRESS_HIGH = 2;
const FOLDED = 3;
/** Where its lines begin, and how many there are. */
const LINE_START = 4;
const LINE_COUNT = 5;

/** Locations as rows of numbers, as there are many of them. */
export class LocationDictionary implements Dictionary {
  persisted = 0;
  private readonly rows = growingInts();
  private readonly lineNumbers = growingFloats();
  private readonly index = new HashIndex();

  get length(): number {
    return this.rows.length / WIDTH;
  }

  /** `location` may be changed afterwards: what is kept is copied. */
  intern(location: StoredLocation): number {
    const hash = hashLocation(location);
    const known = this.index.find(hash, (id) => this.equals(id, location));
    if (known !== undefined) return known;
    const id = this.length;
    this.put(id, location, hash);
    return id;
  }

  get(id: number): StoredLocation {
    return {
      mapping: this.mapping(id),
      addressLow: this.part(id, ADDRESS_LOW),
      addressHigh: this.part(id, ADDRESS_HIGH),
      folded: this.isFolded(id),
      lineCount: this.lineCount(id),
      lines: Array.from({ length: this.lineCount(id) * LINE_WIDTH }, (_, at) =>
        this.lineNumbers.get(this.firstOf(id) + at),
      ),
    };
  }

  address(id: number): bigint {
    return (BigInt(this.part(id, ADDRESS_HIGH) >>> 0) << 32n) | BigInt(this.part(id, ADDRESS_LOW) >>> 0);
  }

  isFolded(id: number): boolean {
    return this.part(id, FOLDED) === 1;
  }

  lineCount(id: number): number {
    return this.part(id, LINE_COUNT);
  }

  lineFunction(id: number, position: number): number {
    return this.lineNumbers.get(this.firstOf(id) + position * LINE_WIDTH);
  }

  lineNumber(id: number, position: number): number {
    return this.lineNumbers.get(this.firstOf(id) + position * LINE_WIDTH + 1);
  }

  mapping(id: number): number {
    return this.part(id, MAPPING);
  }

  /** Puts a location that was read from the file in its place. */
  restore(id: number, location: StoredLocation): void {
    while (this.length < id) {
      this.rows.set(this.length * WIDTH + WIDTH - 1, 0);
      this.rows.set((this.length - 1) * WIDTH + MAPPING, GONE);
    }
    this.put(id, location, hashLocation(location));
    this.persisted = Math.max(this.persisted, id + 1);
  }

  markPersisted(): void {
    this.persisted = this.length;
  }

  rollBack(): void {
    if (this.persisted === this.length) return;
    this.index.retain((id) => id < this.persisted);
    this.lineNumbers.truncate(this.firstOf(this.persisted));
    this.rows.truncate(this.persisted * WIDTH);
  }

  retain(keep: (id: number) => boolean): void {
    this.index.retain(keep);
    for (let id = 0; id < this.length; id++) if (!keep(id)) this.rows.set(id * WIDTH + MAPPING, GONE);
  }

  has(id: number): boolean {
    return id < this.length && this.mapping(id) !== GONE;
  }

  private part(id: number, part: number): number {
    return this.rows.get(id * WIDTH + part);
  }

  /** Of its lines' numbers. */
  private firstOf(id: number): number {
    return this.part(id, LINE_START);
  }

  private put(id: number, location: StoredLocation, hash: number): void {
    const row = [location.mapping, location.addressLow, location.addressHigh, location.folded ? 1 : 0];
    row.push(this.lineNumbers.length, location.lineCount);
    for (let part = 0; part < WIDTH; part++) this.rows.set(id * WIDTH + part, row[part] ?? 0);
    for (let at = 0; at < location.lineCount * LINE_WIDTH; at++) this.lineNumbers.push(location.lines[at] ?? 0);
    this.index.add(hash, id);
  }

  private equals(id: number, location: StoredLocation): boolean {
    if (
      this.part(id, ADDRESS_LOW) !== location.addressLow ||
      this.part(id, ADDRESS_HIGH) !== location.addressHigh ||
      this.mapping(id) !== location.mapping ||
      this.isFolded(id) !== location.folded ||
      this.lineCount(id) !== location.lineCount
    )
      return false;
    // Every location of every profile comes through here: no closures, no iterators.
    const first = this.firstOf(id);
    for (let at = 0; at < location.lineCount * LINE_WIDTH; at++) {
      if (this.lineNumbers.get(first + at) !== location.lines[at]) return false;
    }
    return true;
  }
}

function hashLocation(location: StoredLocation): number {
  let hash = mixHash(mixHash(location.mapping, location.addressLow), location.addressHigh);
  // The functions are enough: of one address they hardly ever differ by line alone.
  for (let line = 0; line < location.lineCount; line++)
    hash = mixHash(hash, (location.lines[line * LINE_WIDTH] ?? 0) | 0);
  return finishHash(hash);
}
