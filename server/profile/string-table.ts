import { decodeText, KnownStrings } from './known-strings.ts';
import { inconsistent, malformed, overLimit } from './profile-errors.ts';
import type { ProfileLimits } from './profile-limits.ts';
import type { RecordList } from './record-index.ts';

/** The strings of a profile by index. */
export class StringTable {
  private readonly numbers: Int32Array;
  /** By index: those that have no number. */
  private readonly unknown: ReadonlyMap<number, string>;

  constructor(numbers: Int32Array, unknown: ReadonlyMap<number, string>) {
    this.numbers = numbers;
    this.unknown = unknown;
  }

  /** What the numbers of `numberAt` belong to: equal in two tables of one numbering means the same string. */
  get numbering(): object {
    return known.numbering;
  }

  /** `owner`: the kind of record that refers to the string, for the message. */
  get(index: number, owner: string): string {
    const number = this.numberAt(index, owner);
    return number < 0 ? (this.unknown.get(index) ?? '') : known.text(number);
  }

  /** -1 for a string that isn't remembered. */
  numberAt(index: number, owner: string): number {
    const number = this.numbers[index];
    if (number === undefined) {
      throw inconsistent(`a ${owner} refers to string ${index}, the table has ${this.numbers.length}`);
    }
    return number;
  }
}

const known = new KnownStrings();

/** Valid until the next call: what it finds in a table of known strings may be forgotten then. */
export function readStrings(bytes: Uint8Array, records: RecordList, limits: ProfileLimits): StringTable {
  const { count, start, end } = records;
  if (count === 0) throw inconsistent('it has no string table');
  if (start[0] !== end[0]) throw malformed(start[0] ?? 0, 'the first string of the table is not empty');
  known.begin();
  const numbers = new Int32Array(count);
  const unknown = new Map<number, string>();
  for (let i = 0; i < count; i++) {
    const from = start[i] ?? 0;
    const to = end[i] ?? 0;
    if (to - from > limits.nameBytes) throw overLimit(`the string at byte ${from}`, limits.nameBytes, to - from);
    const number = known.numberOf(bytes, from, to);
    numbers[i] = number;
    if (number < 0) unknown.set(i, decodeText(bytes.subarray(from, to)));
  }
  return new StringTable(numbers, unknown);
}
