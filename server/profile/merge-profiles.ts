import type { SampleType } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { IntListTable } from './int-list-table.ts';
import { compareText } from './merged-frames.ts';
import type { LabelSet, Profile } from './profile.ts';
import { defaultTypeOf } from './read-profile.ts';
import { SymbolMerger } from './symbol-merger.ts';

/**
 * One profile of several, as google/pprof merges: samples with the same stack and labels are summed, equal mappings (also
 * when loaded at another address), locations and functions are one, durations are summed, the time is the earliest that is
 * known, the period the longest. Samples whose every value is 0 are dropped, with what only they refer to. All must have the
 * same sample and period types: else `inconsistent-profile`.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const [first, ...others] = profiles;
  if (first === undefined) throw new AppError('no-data', 'there are no profiles to merge');
  for (const other of others) holdCompatible(first, other);
  const merger = new ProfileMerger(first.sampleTypes.length);
  for (const profile of profiles) merger.add(profile);
  const merged = merger.finish(mergeHeaders(first, profiles));
  return merger.hasZeroSamples() ? mergeProfiles([merged]) : merged;
}

type ProfileHeader = Omit<Profile, 'functions' | 'mappings' | 'locations' | 'stacks' | 'labelSets' | 'samples'>;

class ProfileMerger {
  private readonly symbols = new SymbolMerger();
  private readonly stacks = new IntListTable();
  private readonly sampleKeys = new IntListTable();
  private readonly labelSets: LabelSet[] = [[]];
  private readonly labelSetOf = new Map<string, number>([['[]', 0]]);
  private readonly values: bigint[] = [];
  private readonly types: number;

  constructor(types: number) {
    this.types = types;
  }

  add(profile: Profile): void {
    const { samples, stacks } = profile;
    this.symbols.open(profile);
    const labelSetOf = profile.labelSets.map((labels) => this.mergeLabels(labels));
    for (let i = 0; i < samples.count; i++) {
      const values = samples.values.subarray(i * this.types, (i + 1) * this.types);
      if (values.every((value) => value === 0n)) continue;
      const stack = samples.stack[i] ?? 0;
      for (const location of stacks.location.subarray(stacks.start[stack], stacks.start[stack + 1])) {
        this.stacks.push(this.symbols.location(location));
      }
      this.sampleKeys.push(this.stacks.commit());
      this.sampleKeys.push(labelSetOf[samples.labelSet[i] ?? 0] ?? 0);
      this.addValues(this.sampleKeys.commit(), values);
    }
  }

  finish(header: ProfileHeader): Profile {
    const count = this.sampleKeys.count;
    const { start, data } = this.stacks.toColumns();
    const keys = this.sampleKeys.toColumns().data;
    return {
      ...header,
      ...this.symbols.finish(),
      stacks: { count: this.stacks.count, start, location: data },
      labelSets: this.labelSets,
      samples: {
        count,
        stack: Uint32Array.from({ length: count }, (_, i) => keys[2 * i] ?? 0),
        labelSet: Uint32Array.from({ length: count }, (_, i) => keys[2 * i + 1] ?? 0),
        values: BigInt64Array.from(this.values),
      },
    };
  }

  hasZeroSamples(): boolean {
    const { values, types } = this;
    for (let i = 0; i < values.length; i += types) {
      if (values.slice(i, i + types).every((value) => value === 0n)) return true;
    }
    return false;
  }

  private addValues(sample: number, values: BigInt64Array): void {
    values.forEach((value, type) => {
      const at = sample * this.types + type;
      this.values[at] = BigInt.asIntN(64, (this.values[at] ?? 0n) + value);
    });
  }

  private mergeLabels(labels: LabelSet): number {
    const ordered = inKeyOrder(labels);
    const key = JSON.stringify(ordered.map(({ key, text, number, unit }) => [key, text, number?.toString(), unit]));
    const known = this.labelSetOf.get(key);
    if (known !== undefined) return known;
    const index = this.labelSets.push(ordered) - 1;
    this.labelSetOf.set(key, index);
    return index;
  }
}

/** Text labels before numeric ones, each by key; the order of one key's values means something and is kept. */
function inKeyOrder(labels: LabelSet): LabelSet {
  const isNumeric = (number: bigint | null) => (number === null ? 0 : 1);
  return labels.toSorted((a, b) => isNumeric(a.number) - isNumeric(b.number) || compareText(a.key, b.key));
}

function holdCompatible(a: Profile, b: Profile): void {
  const types = (profile: Profile) => profile.sampleTypes.map(describeType).join(', ');
  if (types(a) !== types(b)) {
    throw new AppError('inconsistent-profile', `can't merge profiles of ${types(a)} with profiles of ${types(b)}`);
  }
  const [periodA, periodB] = [describeType(a.periodType), describeType(b.periodType)];
  if (periodA !== periodB) {
    throw new AppError(
      'inconsistent-profile',
      `can't merge profiles with period ${periodA} and with period ${periodB}`,
    );
  }
}

function describeType(type: SampleType | null): string {
  return type === null ? 'none' : `${type.type}/${type.unit}`;
}

function mergeHeaders(first: Profile, profiles: readonly Profile[]): ProfileHeader {
  const { sampleTypes, periodType, dropFrames, keepFrames } = first;
  const times = ascending(profiles.map((profile) => profile.timeNanos));
  const defaultSampleType = profiles.find((profile) => profile.defaultSampleType !== '')?.defaultSampleType ?? '';
  return {
    sampleTypes,
    defaultSampleType,
    defaultType: defaultTypeOf(sampleTypes, defaultSampleType),
    periodType,
    period: ascending(profiles.map((profile) => profile.period)).at(-1) ?? 0n,
    timeNanos: times.find((time) => time !== 0n) ?? 0n,
    durationNanos: profiles.reduce((sum, profile) => BigInt.asIntN(64, sum + profile.durationNanos), 0n),
    comments: [...new Set(profiles.flatMap((profile) => profile.comments))],
    dropFrames,
    keepFrames,
    docUrl: profiles.find((profile) => profile.docUrl !== '')?.docUrl ?? '',
  };
}

function ascending(numbers: readonly bigint[]): bigint[] {
  return numbers.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
}
