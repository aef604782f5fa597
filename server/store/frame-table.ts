import { frameName } from '../profile/frame-name.ts';
import type { ProfileFunction, ProfileMapping } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';

/** Functions as they are shown, and frames: a function at a line. Both get numbers in the order of their first use. */
export class FrameTable {
  readonly functions: ProfileFunction[] = [];
  /** Of frame i: index in `functions`, and the line. */
  readonly functionOf: number[] = [];
  readonly lineOf: number[] = [];
  /** Of each function, see StackSums; null unless the table is for patterns, which tell functions in several mappings apart. */
  readonly texts: (readonly string[])[] | null;
  private readonly framesOfLocation = new Map<number, readonly number[]>();
  private readonly framesOfFunction: Map<number, number>[] = [];
  private readonly shownFunctions = new Map<number, number>();
  private readonly otherFunctions = new Map<string, number>();
  private readonly dictionaries: Dictionaries;

  constructor(dictionaries: Dictionaries, { forPatterns }: { readonly forPatterns: boolean }) {
    this.dictionaries = dictionaries;
    this.texts = forPatterns ? [] : null;
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
    const isNamed = known !== undefined && known.name !== '';
    if (isNamed && this.texts === null) return numberOf(this.shownFunctions, id, this.functions, known);
    const mappingId = locations.mapping(location);
    const mapping = mappingId < 0 ? undefined : mappings.get(mappingId);
    const fn = isNamed ? known : standIn(known, mapping);
    const key = this.texts === null ? [fn.name, fn.file] : [id, mapping?.file];
    const number = numberOf(this.otherFunctions, JSON.stringify(key), this.functions, fn);
    if (number === this.texts?.length) this.texts.push(textsOf(known, mapping));
    return number;
  }
}

function standIn(known: ProfileFunction | undefined, mapping: ProfileMapping | undefined): ProfileFunction {
  return { name: frameName('', mapping), systemName: '', file: known?.file ?? '', startLine: 0 };
}

function textsOf(known: ProfileFunction | undefined, mapping: ProfileMapping | undefined): string[] {
  return [...(known ? [known.name, known.file] : []), ...(mapping ? [mapping.file] : [])];
}

function numberOf<K>(numbers: Map<K, number>, key: K, functions: ProfileFunction[], fn: ProfileFunction): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, functions.length);
  return functions.push(fn) - 1;
}
