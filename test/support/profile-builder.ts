import type { SampleType } from '../../protocol/index.ts';
import type { LabelSet, Profile, ProfileFunction, ProfileMapping } from '../../server/profile/index.ts';

export interface BuiltLocation {
  /** -1 = none. */
  readonly mapping: number;
  readonly address: bigint;
  readonly folded?: boolean;
  /** Innermost first. */
  readonly lines: readonly { readonly functionIndex: number; readonly line: number; readonly column?: number }[];
}

type Header = Omit<
  Profile,
  'sampleTypes' | 'functions' | 'mappings' | 'locations' | 'stacks' | 'labelSets' | 'samples'
>;

const EMPTY_HEADER: Header = {
  defaultType: 0,
  defaultSampleType: '',
  periodType: null,
  period: 0n,
  timeNanos: 0n,
  durationNanos: 0n,
  comments: [],
  dropFrames: '',
  keepFrames: '',
  docUrl: '',
};

/** Builds columnar profiles for tests; stacks and label sets are stored once, in the order of their first sample. */
export class ProfileBuilder {
  private readonly sampleTypes: readonly SampleType[];
  private readonly functions: ProfileFunction[] = [];
  private readonly mappings: ProfileMapping[] = [];
  private readonly locations: BuiltLocation[] = [];
  private readonly stacks: (readonly number[])[] = [];
  private readonly labelSets: LabelSet[] = [[]];
  private readonly samples: { stack: number; labelSet: number; values: readonly bigint[] }[] = [];
  private readonly known = new Map<string, number>([['labels []', 0]]);

  constructor(sampleTypes: readonly SampleType[]) {
    this.sampleTypes = sampleTypes;
  }

  function(name: string, file: string, startLine = 0): number {
    return this.once(`function ${name} ${file} ${startLine}`, this.functions, {
      name,
      systemName: name,
      file,
      startLine,
    });
  }

  mapping(mapping: Partial<ProfileMapping> & { file: string }): number {
    const flags = { hasFunctions: false, hasFilenames: false, hasLineNumbers: false, hasInlineFrames: false };
    return this.once(`mapping ${mapping.file}`, this.mappings, {
      start: 0x1000n,
      limit: 0x9000n,
      offset: 0n,
      buildId: '',
      ...flags,
      ...mapping,
    });
  }

  /** The same key is the same location. */
  location(key: string, location: BuiltLocation): number {
    return this.once(`location ${key}`, this.locations, location);
  }

  /** Leaf first. */
  addSample(stack: readonly number[], values: readonly bigint[], labels: LabelSet = []): void {
    const labelKey = JSON.stringify(labels.map(({ key, text, number, unit }) => [key, text, String(number), unit]));
    this.samples.push({
      stack: this.once(`stack ${stack.join()}`, this.stacks, stack),
      labelSet: this.once(`labels ${labelKey}`, this.labelSets, labels),
      values,
    });
  }

  build(header: Partial<Header> = {}): Profile {
    return {
      ...EMPTY_HEADER,
      defaultType: this.sampleTypes.length - 1,
      ...header,
      sampleTypes: this.sampleTypes,
      functions: this.functions,
      mappings: this.mappings,
      locations: this.buildLocations(),
      stacks: {
        count: this.stacks.length,
        start: startsOf(this.stacks),
        location: Uint32Array.from(this.stacks.flat()),
      },
      labelSets: this.labelSets,
      samples: {
        count: this.samples.length,
        stack: Uint32Array.from(this.samples, (sample) => sample.stack),
        labelSet: Uint32Array.from(this.samples, (sample) => sample.labelSet),
        values: BigInt64Array.from(this.samples.flatMap((sample) => sample.values)),
      },
    };
  }

  private buildLocations(): Profile['locations'] {
    const lines = this.locations.flatMap((location) => location.lines);
    return {
      count: this.locations.length,
      mapping: Int32Array.from(this.locations, (location) => location.mapping),
      address: BigUint64Array.from(this.locations, (location) => location.address),
      folded: Uint8Array.from(this.locations, (location) => (location.folded === true ? 1 : 0)),
      lineStart: startsOf(this.locations.map((location) => location.lines)),
      lineFunction: Uint32Array.from(lines, (line) => line.functionIndex),
      lineNumber: Float64Array.from(lines, (line) => line.line),
      lineColumn: Float64Array.from(lines, (line) => line.column ?? 0),
    };
  }

  private once<T>(key: string, items: T[], item: T): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const index = items.push(item) - 1;
    this.known.set(key, index);
    return index;
  }
}

function startsOf(lists: readonly { readonly length: number }[]): Uint32Array {
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => {
    start[i + 1] = (start[i] ?? 0) + list.length;
  });
  return start;
}
