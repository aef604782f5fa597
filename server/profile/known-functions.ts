import { IntListTable } from './int-list-table.ts';
import type { ProfileFunction } from './profile.ts';
import type { StringTable } from './string-table.ts';

/** What is remembered; when there is more, all is forgotten before the next profile. */
const MANY_FUNCTIONS = 65_536;

/** A function as its record says it: indices of strings, and a line. */
export interface FunctionRecord {
  readonly name: number;
  readonly systemName: number;
  readonly file: number;
  readonly startLine: number;
}

/**
 * Functions of the profiles before, found by the numbers of their strings: a known one is not made again, and has a number, so
 * that its texts are never compared.
 */
export class KnownFunctions {
  /** Numbers that were given out mean the same functions until this changes, which `begin` alone does. */
  numbering: object = {};
  private stringNumbering: object | null = null;
  private readonly functions: ProfileFunction[] = [];
  private readonly parts = new IntListTable();

  /** Before each profile: within one, what got a number keeps it. */
  begin({ numbering }: StringTable): void {
    if (this.stringNumbering === numbering && this.functions.length < MANY_FUNCTIONS) return;
    this.stringNumbering = numbering;
    this.numbering = {};
    this.functions.length = 0;
    this.parts.clear();
  }

  /** -1 for a function one of whose strings isn't remembered. Throws `inconsistent-profile` when the record names a string that isn't there. */
  numberOf(record: FunctionRecord, strings: StringTable): number {
    const name = strings.numberAt(record.name, 'function');
    const systemName = strings.numberAt(record.systemName, 'function');
    const file = strings.numberAt(record.file, 'function');
    if (name < 0 || systemName < 0 || file < 0) return -1;
    const { parts, functions } = this;
    parts.push(name);
    parts.push(systemName);
    parts.push(file);
    parts.push(record.startLine);
    parts.push(Math.floor(record.startLine / 2 ** 32));
    const number = parts.commit();
    if (number === functions.length) functions.push(functionOf(record, strings));
    return number;
  }

  get(number: number): ProfileFunction | undefined {
    return this.functions[number];
  }
}

export const functionOf = (record: FunctionRecord, strings: StringTable): ProfileFunction => ({
  name: strings.get(record.name, 'function'),
  systemName: strings.get(record.systemName, 'function'),
  file: strings.get(record.file, 'function'),
  startLine: record.startLine,
});
