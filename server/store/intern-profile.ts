import type { Profile } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { SampleColumns, Shape, StoredWindow } from './entries.ts';
import { internStacks } from './intern-stacks.ts';
import type { NewProfile } from './profile-store.ts';

/**
 * Gives everything that a profile names its id in the store; `columns` have room for its samples. New entries stay pending until
 * their transaction is durable.
 */
export function internProfile(
  dictionaries: Dictionaries,
  entry: NewProfile,
  id: number,
  columns: SampleColumns,
): StoredWindow {
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
  setIds(columns.stacks, samples.stack, stackIds);
  setIds(columns.labelSets, samples.labelSet, labelSetIds);
  columns.values.set(samples.values.subarray(0, columns.values.length));
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
    pinned: entry.pinned ?? false,
    samples: samples.count,
    types: profile.sampleTypes.length,
    stacks: columns.stacks,
    labelSets: columns.labelSets,
    values: columns.values,
  };
}

function setIds(column: Int32Array, indices: Uint32Array, ids: Int32Array): void {
  for (let sample = 0; sample < column.length; sample++) column[sample] = ids[indices[sample] ?? 0] ?? 0;
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
