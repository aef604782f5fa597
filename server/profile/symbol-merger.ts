import type { Profile, ProfileFunction, ProfileLocations, ProfileMapping } from './profile.ts';

const PAGE = 0x1000n;

/** A mapping in the merged profile, and how far its addresses lie from those of the source. */
interface MappedMapping {
  readonly index: number;
  readonly shift: bigint;
}

interface MergedLocation {
  readonly mapping: number;
  readonly address: bigint;
  readonly folded: number;
  /** Function, line and column of each line. */
  readonly lines: readonly (readonly [number, number, number])[];
}

/**
 * Mappings, functions and locations of several profiles, each kept once, in the order in which samples ask for them. The
 * first mapping of the first profile stays the first: it is the main program.
 */
export class SymbolMerger {
  private readonly mappings: ProfileMapping[] = [];
  private readonly functions: ProfileFunction[] = [];
  private readonly locations: MergedLocation[] = [];
  private readonly mappingOf = new Map<string, number>();
  private readonly functionOf = new Map<string, number>();
  private readonly locationOf = new Map<string, number>();
  private source: Profile | null = null;
  /** Location of the source → merged location, -1 = not yet asked for. */
  private known = new Int32Array();

  open(source: Profile): void {
    this.source = source;
    this.known = new Int32Array(source.locations.count).fill(-1);
    const [main] = source.mappings;
    if (this.mappings.length === 0 && main !== undefined) this.mergeMapping(main);
  }

  /** Merged index of a location of the open profile. */
  location(index: number): number {
    const known = this.known[index] ?? -1;
    if (known >= 0 || this.source === null) return known;
    const merged = this.mergeLocation(this.source, index);
    this.known[index] = merged;
    return merged;
  }

  finish(): { functions: ProfileFunction[]; mappings: ProfileMapping[]; locations: ProfileLocations } {
    const { locations } = this;
    const lines = locations.flatMap((location) => location.lines);
    const lineStart = new Uint32Array(locations.length + 1);
    locations.forEach((location, i) => {
      lineStart[i + 1] = (lineStart[i] ?? 0) + location.lines.length;
    });
    return {
      functions: this.functions,
      mappings: this.mappings,
      locations: {
        count: locations.length,
        mapping: Int32Array.from(locations, (location) => location.mapping),
        address: BigUint64Array.from(locations, (location) => location.address),
        folded: Uint8Array.from(locations, (location) => location.folded),
        lineStart,
        lineFunction: Uint32Array.from(lines, (line) => line[0]),
        lineNumber: Float64Array.from(lines, (line) => line[1]),
        lineColumn: Float64Array.from(lines, (line) => line[2]),
      },
    };
  }

  private mergeLocation(source: Profile, index: number): number {
    const { locations, mappings, functions } = source;
    const { index: mapping, shift } = this.mergeMapping(mappings[locations.mapping[index] ?? -1]);
    const address = BigInt.asUintN(64, (locations.address[index] ?? 0n) + shift);
    const lines: [number, number, number][] = [];
    for (let i = locations.lineStart[index] ?? 0; i < (locations.lineStart[index + 1] ?? 0); i++) {
      const target = this.mergeFunction(functions[locations.lineFunction[i] ?? 0]);
      lines.push([target, locations.lineNumber[i] ?? 0, locations.lineColumn[i] ?? 0]);
    }
    const folded = locations.folded[index] ?? 0;
    return intern(this.locationOf, this.locations, `${mapping} ${address} ${folded} ${lines.join(' ')}`, {
      mapping,
      address,
      folded,
      lines,
    });
  }

  /** The same file mapped elsewhere is the same mapping; its size counts in pages. */
  private mergeMapping(mapping: ProfileMapping | undefined): MappedMapping {
    if (mapping === undefined) return { index: -1, shift: 0n };
    const size = BigInt.asUintN(64, mapping.limit - mapping.start);
    const pages = (size + PAGE - 1n) / PAGE;
    const key = `${pages} ${mapping.offset} ${mapping.buildId || mapping.file}`;
    const index = intern(this.mappingOf, this.mappings, key, mapping);
    return { index, shift: (this.mappings[index]?.start ?? 0n) - mapping.start };
  }

  private mergeFunction(target: ProfileFunction | undefined): number {
    if (target === undefined) return 0;
    const key = `${target.startLine}\0${target.name}\0${target.systemName}\0${target.file}`;
    return intern(this.functionOf, this.functions, key, target);
  }
}

function intern<T>(indexOf: Map<string, number>, items: T[], key: string, item: T): number {
  const known = indexOf.get(key);
  if (known !== undefined) return known;
  const index = items.push(item) - 1;
  indexOf.set(key, index);
  return index;
}
