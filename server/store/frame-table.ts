import { frameName } from '../profile/frame-name.ts';
import type { ProfileFunction } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';

/** Functions as they are shown, and frames: a function at a line. Both get numbers in the order of their first use. */
export class FrameTable {
  readonly functions: ProfileFunction[] = [];
  /** Of frame i: index in `functions`, and the line. */
  readonly functionOf: number[] = [];
  readonly lineOf: number[] = [];
  private readonly framesOfLocation = new Map<number, readonly number[]>();
  private readonly framesOfFunction: Map<number, number>[] = [];
  private readonly shownFunctions = new Map<number, number>();
  private readonly shownNames = new Map<string, number>();
  private readonly dictionaries: Dictionaries;

  constructor(dictionaries: Dictionaries) {
    this.dictionaries = dictionaries;
  }

  /** Frames of a location, outermost first. */
  framesOf(location: number): readonly number[] {
    const known = this.framesOfLocation.get(location);
    if (known !== undefined) return known;
    const { locations } = this.dictionaries;
    const found: number[] = [];
    for (let position = Math.max(1, locations.lineCount(location)) - 1; position >= 0; position--) {
      const line = position < locations.lineCount(location) ? locations.lineNumber(location, position) : 0;
      found.push(this.frame(this.shown(location, position), line));
    }
    this.framesOfLocation.set(location, found);
    return found;
  }

  private frame(fn: number, line: number): number {
    const lines = this.framesOfFunction[fn] ?? new Map<number, number>();
    this.framesOfFunction[fn] = lines;
    const known = lines.get(line);
    if (known !== undefined) return known;
    lines.set(line, this.functionOf.length);
    this.lineOf.push(line);
    return this.functionOf.push(fn) - 1;
  }

  /** A place without symbols, or whose function has no name, is shown by the name of its mapping. */
  private shown(location: number, position: number): number {
    const { locations, functions, mappings } = this.dictionaries;
    const id = position < locations.lineCount(location) ? locations.lineFunction(location, position) : -1;
    const known = id < 0 ? undefined : functions.get(id);
    if (known !== undefined && known.name !== '') return numberOf(this.shownFunctions, id, this.functions, known);
    const mapping = locations.mapping(location);
    const file = known?.file ?? '';
    const name = frameName('', mapping < 0 ? undefined : mappings.get(mapping));
    const fn = { name, systemName: '', file, startLine: 0 };
    return numberOf(this.shownNames, JSON.stringify([name, file]), this.functions, fn);
  }
}

function numberOf<K>(numbers: Map<K, number>, key: K, functions: ProfileFunction[], fn: ProfileFunction): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, functions.length);
  return functions.push(fn) - 1;
}
