import type { ColumnReader, ColumnWriter } from './columns.ts';
import type { EntryColumns } from './entry-chunk.ts';
import { linesOf, type StoredLocation } from './location-dictionary.ts';

/**
 * Locations. A function's addresses are near each other, and so are its lines: an address is the distance to the last one
 * with the same outermost function, a line and a column that to the last of the same function.
 *
 *     location    0: address 1000, f:10      1: address 5000, g:7 inlined in h:80      2: address 1016, f:12
 *     lines       1                          2                                         1           (× 2, + 1 when folded)
 *     mapping     1                          1                                         1           (+ 1, as -1 is none)
 *     address     1000                       4000                                      16
 *     function    f                          g  h                                      f           (+ 1)
 *     line        10                         7  80                                     2
 *     column      0                          0  0                                      0
 *
 * The first address of a function is the distance to the location before, whatever that is. Distances wrap at 64 bits.
 */
export const locationColumns: EntryColumns<StoredLocation> = {
  write(columns, entries) {
    const locations = entries.map(([, location]) => ({ ...location, named: linesOf(location) }));
    for (const { lineCount, folded } of locations) columns.unsigned(2 * lineCount + (folded ? 1 : 0));
    for (const { mapping } of locations) columns.unsigned(mapping + 1);
    for (const { named } of locations) for (const line of named) columns.unsigned(line.function + 1);
    const lastAddress = new LastOf();
    for (const { named, addressLow, addressHigh } of locations) {
      const address = (BigInt(addressHigh) << 32n) | BigInt(addressLow >>> 0);
      columns.signed64(lastAddress.distance(named.at(-1)?.function, address));
    }
    const all = locations.flatMap(({ named }) => named);
    writeByFunction(columns, all, ({ number }) => number);
    writeByFunction(columns, all, ({ column }) => column);
  },
  read(columns, ids) {
    const counts = ids.map(() => columns.unsigned());
    const mappings = ids.map(() => columns.unsigned() - 1);
    const functions = counts.map((count) => readMany(Math.floor(count / 2), () => columns.unsigned() - 1));
    const lastAddress = new LastOf();
    const addresses = functions.map((of) => lastAddress.value(of.at(-1), columns.signed64()));
    const lines = readByFunction(columns, functions);
    const lineColumns = readByFunction(columns, functions);
    return ids.map((_, at) => ({
      mapping: mappings[at] ?? -1,
      addressLow: Number(BigInt.asIntN(32, addresses[at] ?? 0n)),
      addressHigh: Number(BigInt.asIntN(32, (addresses[at] ?? 0n) >> 32n)),
      folded: (counts[at] ?? 0) % 2 === 1,
      lineCount: functions[at]?.length ?? 0,
      lines: (functions[at] ?? []).flatMap((fn, line) => [fn, lines[at]?.[line] ?? 0, lineColumns[at]?.[line] ?? 0]),
    }));
  },
};

type Line = ReturnType<typeof linesOf>[number];

function writeByFunction(columns: ColumnWriter, lines: readonly Line[], numberOf: (line: Line) => number): void {
  const last = new LastOf(0n);
  for (const line of lines) columns.signed64(last.distance(line.function, int64(numberOf(line))));
}

function readByFunction(columns: ColumnReader, functions: readonly (readonly number[])[]): number[][] {
  const last = new LastOf(0n);
  return functions.map((of) => of.map((fn) => Number(last.value(fn, columns.signed64()))));
}

/** Not Array.from: a damaged count must not allocate before the columns end. */
function readMany(count: number, read: () => number): number[] {
  const numbers: number[] = [];
  while (numbers.length < count) numbers.push(read());
  return numbers;
}

/** Whole numbers; those beyond 64 bits are what rounding made of the largest. */
const int64 = (value: number): bigint => (value >= 2 ** 63 ? 2n ** 63n - 1n : BigInt(value));

/** The last 64-bit number of each function, and what a new function's first is compared with: `start`, or the last of all. */
class LastOf {
  private readonly byFunction = new Map<number | undefined, bigint>();
  private last = 0n;
  private readonly start: bigint | undefined;

  constructor(start?: bigint) {
    this.start = start;
  }

  distance(fn: number | undefined, value: bigint): bigint {
    const distance = BigInt.asIntN(64, value - this.before(fn));
    this.keep(fn, value);
    return distance;
  }

  value(fn: number | undefined, distance: bigint): bigint {
    return this.keep(fn, BigInt.asIntN(64, this.before(fn) + distance));
  }

  private before(fn: number | undefined): bigint {
    return this.byFunction.get(fn) ?? this.start ?? this.last;
  }

  private keep(fn: number | undefined, value: bigint): bigint {
    this.byFunction.set(fn, value);
    this.last = value;
    return value;
  }
}
