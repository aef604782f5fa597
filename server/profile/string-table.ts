import { KnownStrings } from './known-strings.ts';
import { inconsistent, malformed, overLimit } from './profile-errors.ts';
import type { ProfileLimits } from './profile-limits.ts';
import type { RecordList } from './record-index.ts';

/** The strings of a profile by index. */
export class StringTable {
  private readonly strings: readonly string[];

  constructor(strings: readonly string[]) {
    this.strings = strings;
  }

  /** `owner`: the kind of record that refers to the string, for the message. */
  get(index: number, owner: string): string {
    const text = this.strings[index];
    if (text === undefined) {
      throw inconsistent(`a ${owner} refers to string ${index}, the table has ${this.strings.length}`);
    }
    return text;
  }
}

const known = new KnownStrings();

export function readStrings(bytes: Uint8Array, records: RecordList, limits: ProfileLimits): StringTable {
  const { count, start, end } = records;
  if (count === 0) throw inconsistent('it has no string table');
  if (start[0] !== end[0]) throw malformed(start[0] ?? 0, 'the first string of the table is not empty');
  const strings: string[] = [];
  for (let i = 0; i < count; i++) {
    const from = start[i] ?? 0;
    const to = end[i] ?? 0;
    if (to - from > limits.nameBytes) throw overLimit(`the string at byte ${from}`, limits.nameBytes, to - from);
    strings.push(known.textOf(bytes, from, to));
  }
  return new StringTable(strings);
}
