import { growingFloats, growingInts } from './growing-numbers.ts';
import type { IntListTable } from './int-list-table.ts';
import { LINE_WIDTH, type LocationTable } from './location-table.ts';
import type { Profile, ProfileFunction } from './profile.ts';

/**
 * Locations and stacks that got the next numbers, one after another; what they refer to are numbers, too.
 *
 *     locations   mapping  address low  address high  folded  lines │ function line column │ …
 *     stacks      depth │ location location …
 */
export interface AddedStacks {
  readonly locations: Float64Array;
  readonly stacks: Uint32Array;
}

const LOCATION_WIDTH = 5;
const LINE_COUNT = 4;

/** What tables have at a moment. */
export interface StacksSoFar {
  readonly locations: number;
  readonly stacks: number;
  /** Locations of all stacks. */
  readonly size: number;
}

/** What came into the tables since. */
export function addedStacks(locationTable: LocationTable, stackTable: IntListTable, since: StacksSoFar): AddedStacks {
  const locations: number[] = [];
  for (let id = since.locations; id < locationTable.length; id++) {
    const { mapping, addressLow, addressHigh, folded, lineCount, lines } = locationTable.get(id);
    locations.push(mapping, addressLow, addressHigh, folded ? 1 : 0, lineCount);
    for (let at = 0; at < lineCount * LINE_WIDTH; at++) locations.push(lines[at] ?? 0);
  }
  const { count, size } = stackTable;
  const stacks = new Uint32Array(count - since.stacks + size - since.size);
  for (let id = since.stacks, at = 0; id < count; id++) {
    const list = stackTable.list(id);
    stacks[at] = list.length;
    stacks.set(list, at + 1);
    at += 1 + list.length;
  }
  return { locations: Float64Array.from(locations), stacks };
}

/** Of a profile: what its stacks reach. */
export type Symbols = Pick<Profile, 'functions' | 'locations' | 'stacks'>;

/** The other end: stacks by their numbers. */
export class KnownStacks {
  private readonly locations = growingFloats();
  private readonly locationStart = growingInts();
  private readonly stacks = growingInts();
  private readonly stackStart = growingInts();

  add({ locations, stacks }: AddedStacks): void {
    for (let at = 0, from = this.locations.length; at < locations.length; ) {
      this.locationStart.push(from + at);
      at += LOCATION_WIDTH + LINE_WIDTH * (locations[at + LINE_COUNT] ?? 0);
    }
    for (let at = 0, from = this.stacks.length; at < stacks.length; ) {
      this.stackStart.push(from + at);
      at += 1 + (stacks[at] ?? 0);
    }
    this.locations.pushAll(locations);
    this.stacks.pushAll(stacks);
  }

  /** Of a profile with these stacks. Locations and functions stand in the order in which the stacks name them first. */
  symbolsOf(
    stackNumbers: Int32Array,
    mappingNumbers: readonly number[],
    functionsOf: (numbers: readonly number[]) => ProfileFunction[],
  ): Symbols {
    const locationNumbers = new Indices();
    const functionNumbers = new Indices();
    const start = [0];
    const location: number[] = [];
    for (const number of stackNumbers) {
      const first = this.stackStart.get(number);
      const depth = this.stacks.get(first);
      for (let at = 1; at <= depth; at++) location.push(locationNumbers.of(this.stacks.get(first + at)));
      start.push(location.length);
    }
    const lineStart = [0];
    const lines: { target: number; line: number; column: number }[] = [];
    for (const number of locationNumbers.all) {
      const first = this.locationStart.get(number) + LOCATION_WIDTH;
      const last = first + this.part(number, LINE_COUNT) * LINE_WIDTH;
      for (let at = first; at < last; at += LINE_WIDTH) {
        const target = functionNumbers.of(this.locations.get(at));
        lines.push({ target, line: this.locations.get(at + 1), column: this.locations.get(at + 2) });
      }
      lineStart.push(lines.length);
    }
    const { all } = locationNumbers;
    return {
      functions: functionsOf(functionNumbers.all),
      stacks: { count: stackNumbers.length, start: Uint32Array.from(start), location: Uint32Array.from(location) },
      locations: {
        count: all.length,
        mapping: Int32Array.from(all, (number) => mappingNumbers.indexOf(this.part(number, 0))),
        address: BigUint64Array.from(all, (number) => this.addressOf(number)),
        folded: Uint8Array.from(all, (number) => this.part(number, 3)),
        lineStart: Uint32Array.from(lineStart),
        lineFunction: Uint32Array.from(lines, ({ target }) => target),
        lineNumber: Float64Array.from(lines, ({ line }) => line),
        lineColumn: Float64Array.from(lines, ({ column }) => column),
      },
    };
  }

  private part(number: number, part: number): number {
    return this.locations.get(this.locationStart.get(number) + part);
  }

  private addressOf(number: number): bigint {
    const [low, high] = [this.part(number, 1), this.part(number, 2)];
    return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  }
}

/** Numbers, each once, in the order of their first use. */
class Indices {
  readonly all: number[] = [];
  private readonly indexOf = new Map<number, number>();

  of(number: number): number {
    const known = this.indexOf.get(number);
    if (known !== undefined) return known;
    const index = this.all.push(number) - 1;
    this.indexOf.set(number, index);
    return index;
  }
}
