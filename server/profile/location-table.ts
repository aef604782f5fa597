import { growingFloats, growingInts } from './growing-numbers.ts';
import { finishHash, HashIndex, mixHash } from './hash-index.ts';
import type { ProfileLocations } from './profile.ts';

/** A location whose mapping and functions are numbers of its table's owner. */
export interface NumberedLocation {
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

/** Numbers of a line. */
export const LINE_WIDTH = 3;

/** Where the parts of a location stand among its `WIDTH` numbers: side by side, as memory is what a lookup waits for. */
const WIDTH = 8;
const MAPPING = 0;
const ADDRESS_LOW = 1;
const ADDRESS_HIGH = 2;
const FOLDED = 3;
/** Where its lines begin, and how many there are. */
const LINE_START = 4;
const LINE_COUNT = 5;

const SLOT_BITS = 15;
const SLOT_SHIFT = 32 - SLOT_BITS;

/** Locations, each once, as rows of numbers, as there are many of them. */
export class LocationTable {
  protected readonly index = new HashIndex();
  private readonly rows = growingInts();
  private readonly lineNumbers = growingFloats();
  /** Id + 1 by a hash of the address; 0 = none yet. */
  private readonly lastBySlot = new Int32Array(1 << SLOT_BITS);

  get length(): number {
    return this.rows.length / WIDTH;
  }

  /** Numbers of all locations and their lines. */
  get size(): number {
    return this.rows.length + this.lineNumbers.length;
  }

  /** `location` may be changed afterwards: what is kept is copied. */
  intern(location: NumberedLocation): number {
    const hash = hashLocation(location);
    const known = this.index.find(hash, (id) => this.equals(id, location));
    if (known !== undefined) return known;
    const id = this.length;
    this.put(id, location, hash);
    return id;
  }

  /** The same for location `index` of a profile: nearly always the one that had this address last. */
  internAt(opened: OpenLocations, index: number, numbers: LocationNumbers): number {
    const slot = Math.imul(opened.halves[2 * index] ?? 0, 0x9e3779b1) >>> SLOT_SHIFT;
    const last = (this.lastBySlot[slot] ?? 0) - 1;
    if (last >= 0 && this.isAt(last, opened, index, numbers)) return last;
    const id = this.intern(draft.fill(opened, index, numbers));
    this.lastBySlot[slot] = id + 1;
    return id;
  }

  get(id: number): NumberedLocation {
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

  /** Ids from `length` on are given anew. */
  protected truncate(length: number): void {
    this.lastBySlot.fill(0);
    this.index.retain((id) => id < length);
    this.lineNumbers.truncate(this.firstOf(length));
    this.rows.truncate(length * WIDTH);
  }

  protected setMapping(id: number, mapping: number): void {
    this.rows.set(id * WIDTH + MAPPING, mapping);
  }

  /** Makes place up to `length`: rows of zeros. */
  protected fillUpTo(length: number): void {
    if (this.length < length) this.rows.set(length * WIDTH - 1, 0);
  }

  protected put(id: number, location: NumberedLocation, hash = hashLocation(location)): void {
    const row = [location.mapping, location.addressLow, location.addressHigh, location.folded ? 1 : 0];
    row.push(this.lineNumbers.length, location.lineCount);
    for (let part = 0; part < WIDTH; part++) this.rows.set(id * WIDTH + part, row[part] ?? 0);
    for (let at = 0; at < location.lineCount * LINE_WIDTH; at++) this.lineNumbers.push(location.lines[at] ?? 0);
    this.index.add(hash, id);
  }

  private part(id: number, part: number): number {
    return this.rows.get(id * WIDTH + part);
  }

  /** Of its lines' numbers. */
  private firstOf(id: number): number {
    return this.part(id, LINE_START);
  }

  private isAt(id: number, { locations, halves }: OpenLocations, index: number, numbers: LocationNumbers): boolean {
    const first = locations.lineStart[index] ?? 0;
    const lineCount = (locations.lineStart[index + 1] ?? 0) - first;
    if (
      this.part(id, ADDRESS_LOW) !== halves[2 * index] ||
      this.part(id, ADDRESS_HIGH) !== halves[2 * index + 1] ||
      this.mapping(id) !== (numbers.mappings[locations.mapping[index] ?? -1] ?? -1) ||
      this.part(id, FOLDED) !== locations.folded[index] ||
      this.lineCount(id) !== lineCount
    )
      return false;
    for (let line = first, at = this.firstOf(id); line < first + lineCount; line++, at += LINE_WIDTH) {
      if (
        this.lineNumbers.get(at) !== numbers.functionOf(locations.lineFunction[line] ?? 0) ||
        this.lineNumbers.get(at + 1) !== locations.lineNumber[line] ||
        this.lineNumbers.get(at + 2) !== locations.lineColumn[line]
      )
        return false;
    }
    return true;
  }

  private equals(id: number, location: NumberedLocation): boolean {
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

/** What locations of a profile refer to, by index, as numbers of the table's owner. */
export interface LocationNumbers {
  readonly mappings: ArrayLike<number>;
  functionOf(index: number): number;
}

/** A location that is filled again and again from the columns of profiles. */
class LocationDraft implements NumberedLocation {
  mapping = -1;
  addressLow = 0;
  addressHigh = 0;
  folded = false;
  lineCount = 0;
  lines = new Float64Array(LINE_WIDTH * 16);

  fill({ locations, halves }: OpenLocations, index: number, numbers: LocationNumbers): this {
    const first = locations.lineStart[index] ?? 0;
    this.mapping = numbers.mappings[locations.mapping[index] ?? -1] ?? -1;
    this.addressLow = halves[2 * index] ?? 0;
    this.addressHigh = halves[2 * index + 1] ?? 0;
    this.folded = locations.folded[index] === 1;
    this.lineCount = (locations.lineStart[index + 1] ?? 0) - first;
    const count = this.lineCount * LINE_WIDTH;
    if (count > this.lines.length) this.lines = new Float64Array(2 * count);
    for (let line = first, at = 0; at < count; line++) {
      this.lines[at++] = numbers.functionOf(locations.lineFunction[line] ?? 0);
      this.lines[at++] = locations.lineNumber[line] ?? 0;
      this.lines[at++] = locations.lineColumn[line] ?? 0;
    }
    return this;
  }
}

const draft = new LocationDraft();

export interface OpenLocations {
  readonly locations: ProfileLocations;
  /** Of the addresses, two by two: low, high. */
  readonly halves: Int32Array;
}

export const openLocations = (locations: ProfileLocations): OpenLocations => {
  const { buffer, byteOffset, length } = locations.address;
  return { locations, halves: new Int32Array(buffer, byteOffset, length * 2) };
};

function hashLocation(location: NumberedLocation): number {
  let hash = mixHash(mixHash(location.mapping, location.addressLow), location.addressHigh);
  // The functions are enough: of one address they hardly ever differ by line alone.
  for (let line = 0; line < location.lineCount; line++)
    hash = mixHash(hash, (location.lines[line * LINE_WIDTH] ?? 0) | 0);
  return finishHash(hash);
}
