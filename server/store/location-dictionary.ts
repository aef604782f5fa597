import type { Dictionary } from './dictionary.ts';
import { growingFloats, growingInts } from './growing-numbers.ts';
import { finishHash, HashIndex, mixHash } from './hash-index.ts';

/** A location with the ids of the store. `functions[i]` was called at `lines[i]`, `columns[i]`; innermost inlined function first. */
export interface StoredLocation {
  /** -1 = none. */
  readonly mapping: number;
  /** The two halves of the address, as signed 32-bit numbers: no big integer is made on the way in. */
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly folded: boolean;
  readonly functions: readonly number[];
  readonly lines: readonly number[];
  readonly columns: readonly number[];
}

/** Mapping of a location that is forgotten. */
const GONE = -2;

/** Locations in columns, as there are many of them. */
export class LocationDictionary implements Dictionary {
  persisted = 0;
  private readonly mappings = growingInts();
  private readonly addressLow = growingInts();
  private readonly addressHigh = growingInts();
  private readonly folded = growingInts();
  /** Lines of location i: `lineStarts[i]`, `lineCounts[i]` of them. */
  private readonly lineStarts = growingInts();
  private readonly lineCounts = growingInts();
  private readonly lineFunctions = growingInts();
  private readonly lineNumbers = growingFloats();
  private readonly lineColumns = growingFloats();
  private readonly index = new HashIndex();

  get length(): number {
    return this.mappings.length;
  }

  /** `location` may be changed afterwards: what is kept is copied. */
  intern(location: StoredLocation): number {
    const hash = hashLocation(location);
    const known = this.index.find(hash, (id) => this.equals(id, location));
    if (known !== undefined) return known;
    const id = this.mappings.length;
    this.put(id, location, hash);
    return id;
  }

  get(id: number): StoredLocation {
    const positions = Array.from({ length: this.lineCount(id) }, (_, position) => position);
    return {
      mapping: this.mappings.get(id),
      addressLow: this.addressLow.get(id),
      addressHigh: this.addressHigh.get(id),
      folded: this.isFolded(id),
      functions: positions.map((position) => this.lineFunction(id, position)),
      lines: positions.map((position) => this.lineNumber(id, position)),
      columns: positions.map((position) => this.lineColumn(id, position)),
    };
  }

  address(id: number): bigint {
    return (BigInt(this.addressHigh.get(id) >>> 0) << 32n) | BigInt(this.addressLow.get(id) >>> 0);
  }

  isFolded(id: number): boolean {
    return this.folded.get(id) === 1;
  }

  lineCount(id: number): number {
    return this.lineCounts.get(id);
  }

  lineFunction(id: number, position: number): number {
    return this.lineFunctions.get(this.lineStarts.get(id) + position);
  }

  lineNumber(id: number, position: number): number {
    return this.lineNumbers.get(this.lineStarts.get(id) + position);
  }

  lineColumn(id: number, position: number): number {
    return this.lineColumns.get(this.lineStarts.get(id) + position);
  }

  mapping(id: number): number {
    return this.mappings.get(id);
  }

  /** Puts a location that was read from the file in its place. */
  restore(id: number, location: StoredLocation): void {
    while (this.mappings.length < id) this.mappings.push(GONE);
    this.put(id, location, hashLocation(location));
    this.persisted = Math.max(this.persisted, id + 1);
  }

  markPersisted(): void {
    this.persisted = this.length;
  }

  rollBack(): void {
    if (this.persisted === this.length) return;
    const lines = this.lineStarts.get(this.persisted);
    this.index.retain((id) => id < this.persisted);
    for (const column of [
      this.mappings,
      this.addressLow,
      this.addressHigh,
      this.folded,
      this.lineStarts,
      this.lineCounts,
    ])
      column.truncate(this.persisted);
    this.lineFunctions.truncate(lines);
    this.lineNumbers.truncate(lines);
    this.lineColumns.truncate(lines);
  }

  retain(keep: (id: number) => boolean): void {
    this.index.retain(keep);
    for (let id = 0; id < this.length; id++) if (!keep(id)) this.mappings.set(id, GONE);
  }

  has(id: number): boolean {
    return id < this.length && this.mappings.get(id) !== GONE;
  }

  private put(id: number, location: StoredLocation, hash: number): void {
    this.mappings.set(id, location.mapping);
    this.addressLow.set(id, location.addressLow);
    this.addressHigh.set(id, location.addressHigh);
    this.folded.set(id, location.folded ? 1 : 0);
    this.lineStarts.set(id, this.lineFunctions.length);
    this.lineCounts.set(id, location.functions.length);
    for (const fn of location.functions) this.lineFunctions.push(fn);
    for (const line of location.lines) this.lineNumbers.push(line);
    for (const column of location.columns) this.lineColumns.push(column);
    this.index.add(hash, id);
  }

  private equals(id: number, location: StoredLocation): boolean {
    if (
      this.addressLow.get(id) !== location.addressLow ||
      this.addressHigh.get(id) !== location.addressHigh ||
      this.mappings.get(id) !== location.mapping ||
      this.isFolded(id) !== location.folded ||
      this.lineCount(id) !== location.functions.length
    )
      return false;
    // Every location of every profile comes through here: no closures, no iterators.
    for (let position = 0; position < location.functions.length; position++) {
      if (
        this.lineFunction(id, position) !== location.functions[position] ||
        this.lineNumber(id, position) !== location.lines[position] ||
        this.lineColumn(id, position) !== location.columns[position]
      )
        return false;
    }
    return true;
  }
}

/** Halves of the addresses of a profile, two by two: low, high. */
export function halvesOf(addresses: BigUint64Array): Int32Array {
  return new Int32Array(addresses.buffer, addresses.byteOffset, addresses.length * 2);
}

function hashLocation(location: StoredLocation): number {
  let hash = mixHash(mixHash(location.mapping, location.addressLow), location.addressHigh);
  for (let position = 0; position < location.functions.length; position++) {
    hash = mixHash(mixHash(hash, location.functions[position] ?? 0), (location.lines[position] ?? 0) | 0);
  }
  return finishHash(hash);
}
