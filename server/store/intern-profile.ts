import type { Profile } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { Shape, StoredWindow } from './entries.ts';
import { halvesOf } from './location-dictionary.ts';
import type { NewProfile } from './profile-store.ts';

/** Gives everything that a profile names its id in the store. New entries stay pending until their transaction is durable. */
export function internProfile(dictionaries: Dictionaries, entry: NewProfile, id: number): StoredWindow {
  const { profile } = entry;
  const { samples } = profile;
  const shape = shapeOf(profile);
  const series = dictionaries.series.intern({
    kind: entry.kind,
    labels: { ...entry.labels },
    shape: dictionaries.shapes.intern(shape),
  });
  const labelSetIds = internLabelSets(dictionaries, profile, series);
  const stackIds = internStacks(dictionaries, profile);
  return {
    id,
    series,
    header: dictionaries.headers.intern({
      comments: profile.comments,
      dropFrames: profile.dropFrames,
      keepFrames: profile.keepFrames,
      docUrl: profile.docUrl,
      defaultSampleType: profile.defaultSampleType,
    }),
    atMillis: profile.timeNanos === 0n ? Math.floor(entry.arrivalMillis) : millisOf(profile.timeNanos),
    timeNanos: profile.timeNanos,
    durationNanos: profile.durationNanos,
    period: profile.period,
    requests: entry.requests,
    sourceBytes: entry.sourceBytes,
    pinned: entry.pinned ?? false,
    samples: samples.count,
    types: profile.sampleTypes.length,
    stacks: Int32Array.from(samples.stack.subarray(0, samples.count), (stack) => stackIds[stack] ?? 0),
    labelSets: Int32Array.from(samples.labelSet.subarray(0, samples.count), (set) => labelSetIds[set] ?? 0),
    values: samples.values.slice(0, samples.count * profile.sampleTypes.length),
  };
}

/** Rounds down, before 1970 too. */
function millisOf(nanos: bigint): number {
  const rest = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return Number((nanos - rest) / 1_000_000n);
}

function shapeOf(profile: Profile): Shape {
  const { sampleTypes, defaultType, periodType } = profile;
  return {
    sampleTypes: sampleTypes.map(({ type, unit }) => ({ type, unit })),
    defaultType,
    periodType: periodType && { type: periodType.type, unit: periodType.unit },
    derived: derivedType(profile),
  };
}

/** The type that is type 0 times the period in each sample of this profile, if it is the period's own type. */
function derivedType({ sampleTypes, periodType, period, samples }: Profile): Shape['derived'] {
  const type = sampleTypes.findIndex(({ type, unit }) => type === periodType?.type && unit === periodType.unit);
  if (type < 1 || period <= 0n) return null;
  const types = sampleTypes.length;
  for (let at = 0; at < samples.count * types; at += types) {
    if (samples.values[at + type] !== (samples.values[at] ?? 0n) * period) return null;
  }
  return { type, period };
}

function internLabelSets(dictionaries: Dictionaries, profile: Profile, series: number): Int32Array {
  const ids = new Int32Array(profile.labelSets.length).fill(-1);
  const use = (index: number): void => {
    if (ids[index] !== -1) return;
    const id = dictionaries.labelSets.intern(profile.labelSets[index] ?? []);
    ids[index] = id;
    dictionaries.labelUse.note(series, id);
  };
  for (let sample = 0; sample < profile.samples.count; sample++) use(profile.samples.labelSet[sample] ?? 0);
  if (profile.samples.count === 0) dictionaries.labelUse.note(series, 0);
  return ids;
}

/** Only what the samples reach is kept; all mappings are, as the first one tells which program it is. */
function internStacks(dictionaries: Dictionaries, profile: Profile): Int32Array {
  const mappingIds = profile.mappings.map((mapping) => dictionaries.mappings.intern(mapping));
  const functionIds = new Int32Array(profile.functions.length).fill(-1);
  const locationIds = new Int32Array(profile.locations.count).fill(-1);
  const { start, location, count } = profile.stacks;
  const ids = new Int32Array(count).fill(-1);

  const halves = halvesOf(profile.locations.address);

  const functionId = (index: number): number => {
    const known = functionIds[index] ?? -1;
    if (known >= 0) return known;
    const fn = profile.functions[index];
    if (fn === undefined) throw new Error(`profile names function ${index} of ${profile.functions.length}`);
    const id = dictionaries.functions.intern(fn);
    functionIds[index] = id;
    return id;
  };
  const { lineStart, lineFunction, lineNumber, lineColumn, mapping, folded } = profile.locations;
  const functions: number[] = [];
  const lines: number[] = [];
  const columns: number[] = [];
  const locationId = (index: number): number => {
    const known = locationIds[index] ?? -1;
    if (known >= 0) return known;
    functions.length = 0;
    lines.length = 0;
    columns.length = 0;
    for (let line = lineStart[index] ?? 0; line < (lineStart[index + 1] ?? 0); line++) {
      functions.push(functionId(lineFunction[line] ?? 0));
      lines.push(lineNumber[line] ?? 0);
      columns.push(lineColumn[line] ?? 0);
    }
    const id = dictionaries.locations.intern({
      mapping: mappingIds[mapping[index] ?? -1] ?? -1,
      addressLow: halves[2 * index] ?? 0,
      addressHigh: halves[2 * index + 1] ?? 0,
      folded: folded[index] === 1,
      functions,
      lines,
      columns,
    });
    locationIds[index] = id;
    return id;
  };
  for (let sample = 0; sample < profile.samples.count; sample++) {
    const stack = profile.samples.stack[sample] ?? 0;
    if (ids[stack] !== -1) continue;
    let node = 0;
    for (let at = (start[stack + 1] ?? 0) - 1; at >= (start[stack] ?? 0); at--) {
      node = dictionaries.stacks.child(node, locationId(location[at] ?? 0));
    }
    ids[stack] = node;
  }
  return ids;
}
