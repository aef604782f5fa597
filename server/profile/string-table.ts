import { isAscii } from 'node:buffer';
import { inconsistent, malformed, overLimit } from './profile-errors.ts';
import type { ProfileLimits } from './profile-limits.ts';
import type { RecordList } from './record-index.ts';

/**
 * The strings of a profile by index. They are UTF-8; bytes that aren't become U+FFFD, since a string of JSON can't carry them.
 */
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

/** So many strings are looked at together for bytes beyond ASCII; a length of 128 or more is such a byte, too. */
const BLOCK = 16;

export function readStrings(bytes: Uint8Array, records: RecordList, limits: ProfileLimits): StringTable {
  const { count, start, end } = records;
  if (count === 0) throw inconsistent('it has no string table');
  if (start[0] !== end[0]) throw malformed(start[0] ?? 0, 'the first string of the table is not empty');
  const first = start[0] ?? 0;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // One conversion for all; a name is then a slice of it. Right for ASCII, which nearly every symbol is.
  const text = buffer.toString('latin1', first, end[count - 1] ?? first);
  const strings: string[] = [];
  for (let block = 0; block < count; block += BLOCK) {
    const last = Math.min(block + BLOCK, count) - 1;
    const ascii = isAscii(bytes.subarray(start[block], end[last]));
    for (let i = block; i <= last; i++) {
      const from = start[i] ?? 0;
      const to = end[i] ?? 0;
      if (to - from > limits.nameBytes) throw overLimit(`the string at byte ${from}`, limits.nameBytes, to - from);
      const plain = ascii || isAscii(bytes.subarray(from, to));
      strings.push(plain ? text.slice(from - first, to - first) : buffer.toString('utf8', from, to));
    }
  }
  return new StringTable(strings);
}
