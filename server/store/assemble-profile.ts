import type { LabelSet, Profile, ProfileFunction, ProfileMapping } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { Header, Shape } from './entries.ts';
import { linesOf, type StoredLocation } from './location-dictionary.ts';
import { checkedInt64 } from './sum-samples.ts';

/** What merged profiles say besides their samples; headers in the order of their first use. */
export interface MergedHead {
  readonly period: bigint;
  readonly timeNanos: bigint;
  readonly durationNanos: bigint;
  readonly headers: readonly Header[];
}

/** Values by index of their sample type, with the ids of the store. */
export interface MergedSample {
  readonly stack: number;
  readonly labelSet: number;
  readonly values: ReadonlyMap<number, bigint>;
}

/**
 * A profile of its own from ids of the store: it holds what the samples reach, and nothing else. Mappings stand in the order
 * in which they came, so that the main program stays the first.
 */
export function assembleProfile(
  dictionaries: Dictionaries,
  shape: Shape,
  head: MergedHead,
  samples: readonly MergedSample[],
): Profile {
  const mappings = createRenumbering<ProfileMapping>((id) => dictionaries.mappings.get(id));
  const functions = createRenumbering<ProfileFunction>((id) => dictionaries.functions.get(id));
  const locations = createRenumbering<StoredLocation>((id) => dictionaries.locations.get(id));
  const labelSets = createRenumbering<LabelSet>((id) => dictionaries.labelSets.get(id));
  labelSets.numberOf(0);
  const stacks = createRenumbering<readonly number[]>((id) => {
    const found: number[] = [];
    for (let node = id; node > 0; node = dictionaries.stacks.parent(node)) {
      found.push(locations.numberOf(dictionaries.stacks.item(node)));
    }
    return found;
  });
  const types = shape.sampleTypes.length;
  const values = new BigInt64Array(samples.length * types);
  samples.forEach((sample, row) => {
    for (const [type, value] of sample.values) values[row * types + type] = checkedInt64(value);
  });
  const stack = Uint32Array.from(samples, (sample) => stacks.numberOf(sample.stack));
  const labelSet = Uint32Array.from(samples, (sample) => labelSets.numberOf(sample.labelSet));
  for (const { mapping } of [...locations.entries].sort((a, b) => a.mapping - b.mapping)) {
    if (mapping >= 0) mappings.numberOf(mapping);
  }
  return {
    sampleTypes: shape.sampleTypes,
    defaultType: shape.defaultType,
    periodType: shape.periodType,
    period: head.period,
    timeNanos: head.timeNanos,
    durationNanos: checkedInt64(head.durationNanos),
    ...mergeHeaders(head.headers),
    locations: locationColumns(locations.entries, mappings, functions),
    mappings: mappings.entries,
    functions: functions.entries,
    stacks: { count: stacks.entries.length, ...flatten(stacks.entries) },
    labelSets: labelSets.entries,
    samples: { count: samples.length, stack, labelSet, values },
  };
}

/** As google/pprof: comments once each; of the rest the first that says something, frame patterns from the first profile. */
function mergeHeaders(headers: readonly Header[]): Header {
  const [first] = headers;
  return {
    comments: [...new Set(headers.flatMap(({ comments }) => comments))],
    dropFrames: first?.dropFrames ?? '',
    keepFrames: first?.keepFrames ?? '',
    docUrl: headers.find(({ docUrl }) => docUrl !== '')?.docUrl ?? '',
    defaultSampleType: headers.find((header) => header.defaultSampleType !== '')?.defaultSampleType ?? '',
  };
}

interface Renumbering<T> {
  readonly entries: readonly T[];
  /** Number of an id in `entries`. */
  numberOf(id: number): number;
}

function createRenumbering<T>(entryOf: (id: number) => T): Renumbering<T> {
  const entries: T[] = [];
  const numbers = new Map<number, number>();
  return {
    entries,
    numberOf(id) {
      const known = numbers.get(id);
      if (known !== undefined) return known;
      const number = entries.push(entryOf(id)) - 1;
      numbers.set(id, number);
      return number;
    },
  };
}

function locationColumns(
  locations: readonly StoredLocation[],
  mappings: Renumbering<ProfileMapping>,
  functions: Renumbering<ProfileFunction>,
): Profile['locations'] {
  const lines = locations.map(linesOf);
  const named = lines.map((each) => each.map(({ function: id }) => functions.numberOf(id)));
  const { start, location: lineFunction } = flatten(named);
  return {
    count: locations.length,
    mapping: Int32Array.from(locations, ({ mapping }) => (mapping < 0 ? -1 : mappings.numberOf(mapping))),
    address: new BigUint64Array(
      Int32Array.from(locations.flatMap(({ addressLow, addressHigh }) => [addressLow, addressHigh])).buffer,
    ),
    folded: Uint8Array.from(locations, ({ folded }) => (folded ? 1 : 0)),
    lineStart: start,
    lineFunction,
    lineNumber: Float64Array.from(lines.flat(), ({ number }) => number),
    lineColumn: Float64Array.from(lines.flat(), ({ column }) => column),
  };
}

function flatten(lists: readonly (readonly number[])[]): { start: Uint32Array; location: Uint32Array } {
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, index) => {
    start[index + 1] = (start[index] ?? 0) + list.length;
  });
  return { start, location: Uint32Array.from(lists.flat()) };
}
