import type { SampleType } from '../../../protocol/index.ts';
import type { LabelSet, Profile, ProfileFunction } from '../../../server/profile/profile.ts';

export interface DrawnProfile {
  readonly types?: readonly string[];
  readonly defaultType?: number;
  readonly period?: bigint;
  /** Index of the type that the period is measured in. */
  readonly periodType?: number;
  readonly timeMillis?: number;
  readonly durationNanos?: bigint;
  readonly comments?: readonly string[];
  /** Added to every address, as another build has. */
  readonly base?: bigint;
}

const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part));

const parseType = (text: string): SampleType => {
  const [type = '', unit = 'count'] = text.split('/');
  return { type, unit };
};

/**
 * A profile drawn as text, root first, one sample a line; `a+b` is one location where b is inlined in a; labels stand in
 * braces, numeric ones with `:`; then one value for each sample type.
 *
 *     main;work;sort+less {tenant=a,bytes:64} 3 30
 */
export function profileFromText(text: string, drawn: DrawnProfile = {}): Profile {
  const types = (drawn.types ?? ['samples/count', 'cpu/nanoseconds']).map(parseType);
  const functions: ProfileFunction[] = [];
  const locations: { address: bigint; functions: number[] }[] = [];
  const stacks: number[][] = [];
  const labelSets: LabelSet[] = [[]];
  const samples: { stack: number; labelSet: number; values: bigint[] }[] = [];

  const known = new Map<unknown, Map<string, number>>();
  const intern = <T>(list: T[], item: T): number => {
    const numbers = known.get(list) ?? new Map<string, number>();
    known.set(list, numbers.size === 0 ? new Map(list.map((each, index) => [keyOf(each), index])) : numbers);
    const found = known.get(list)?.get(keyOf(item));
    if (found !== undefined) return found;
    known.get(list)?.set(keyOf(item), list.length);
    return list.push(item) - 1;
  };
  const functionOf = (name: string): number =>
    intern(functions, { name, systemName: name, file: `${name.split('.')[0]}.go`, startLine: 1 });
  const locationOf = (frame: string): number => {
    const named = frame.split('+').map(functionOf).reverse();
    const address = named.reduce((sum, fn) => sum * 64n + BigInt(fn + 1), 0x400n) + (drawn.base ?? 0n);
    return intern(locations, { address, functions: named });
  };
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const match = /^\s*(\S+)\s*(?:\{(.*)\})?\s+(-?\d[-\d ]*)$/.exec(line);
    if (match === null) throw new Error(`no sample: ${line}`);
    const [, path = '', labels = '', values = ''] = match;
    samples.push({
      stack: intern(stacks, path.split(';').map(locationOf).reverse()),
      labelSet: intern(labelSets, parseLabels(labels)),
      values: values.split(' ').map(BigInt),
    });
  }
  const starts = (lists: readonly (readonly unknown[])[]): Uint32Array => {
    const start = new Uint32Array(lists.length + 1);
    lists.forEach((list, index) => {
      start[index + 1] = (start[index] ?? 0) + list.length;
    });
    return start;
  };
  const lines = locations.flatMap((location) => location.functions);
  return {
    sampleTypes: types,
    defaultType: drawn.defaultType ?? types.length - 1,
    defaultSampleType: '',
    periodType: drawn.periodType === undefined ? null : (types[drawn.periodType] ?? null),
    period: drawn.period ?? 0n,
    timeNanos: BigInt(drawn.timeMillis ?? 0) * 1_000_000n,
    durationNanos: drawn.durationNanos ?? 1_000_000_000n,
    comments: drawn.comments ?? [],
    dropFrames: '',
    keepFrames: '',
    docUrl: '',
    functions,
    mappings: [
      {
        start: 0x400n,
        limit: 0xffff_ffff_ffff_f000n,
        offset: 0n,
        file: '/bin/service',
        buildId: `build-${drawn.base ?? 0n}`,
        hasFunctions: true,
        hasFilenames: true,
        hasLineNumbers: true,
        hasInlineFrames: true,
      },
    ],
    locations: {
      count: locations.length,
      mapping: new Int32Array(locations.length),
      address: BigUint64Array.from(locations, ({ address }) => address),
      folded: new Uint8Array(locations.length),
      lineStart: starts(locations.map((location) => location.functions)),
      lineFunction: Uint32Array.from(lines),
      lineNumber: Float64Array.from(lines, (fn) => 10 + fn),
      lineColumn: new Float64Array(lines.length),
    },
    stacks: { count: stacks.length, start: starts(stacks), location: Uint32Array.from(stacks.flat()) },
    labelSets,
    samples: {
      count: samples.length,
      stack: Uint32Array.from(samples, ({ stack }) => stack),
      labelSet: Uint32Array.from(samples, ({ labelSet }) => labelSet),
      values: BigInt64Array.from(samples.flatMap(({ values }) => values)),
    },
  };
}

function parseLabels(text: string): LabelSet {
  return text
    .split(',')
    .filter((each) => each !== '')
    .map((each) => {
      const [key = '', value = ''] = each.split(/[=:]/);
      return each.includes('=')
        ? { key, text: value, number: null, unit: '' }
        : { key, text: '', number: BigInt(value), unit: key };
    });
}
