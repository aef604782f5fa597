import { AppError } from '../errors.ts';
import { frameName } from './frame-name.ts';
import type { Profile, ProfileFunction } from './profile.ts';
import type { StackSums } from './stack-sums.ts';

/**
 * One sample type of a profile, by call path; `type` null = the profile's default. Stacks whose every sample is 0 are left
 * out, as `go tool pprof` does; stacks whose samples cancel out to 0 stay. Rejects `unknown-sample-type`.
 */
export function stackSumsFromProfile(profile: Profile, type: string | null): StackSums {
  const typeIndex = typeIndexOf(profile, type);
  const { sums, present } = sumSamples(profile, typeIndex);
  const functions = new FrameFunctions(profile);
  const { stacks } = profile;
  const start: number[] = [0];
  const frame: number[] = [];
  const line: number[] = [];
  const values: bigint[] = [];
  for (let stack = 0; stack < stacks.count; stack++) {
    if (present[stack] === 0) continue;
    for (const location of stacks.location.subarray(stacks.start[stack], stacks.start[stack + 1])) {
      functions.expand(location, frame, line);
    }
    start.push(frame.length);
    values.push(sums[stack] ?? 0n);
  }
  return {
    type: profile.sampleTypes[typeIndex] ?? { type: '', unit: '' },
    functions: functions.all,
    start: Uint32Array.from(start),
    frame: Uint32Array.from(frame),
    line: Float64Array.from(line),
    values: BigInt64Array.from(values),
    window: windowOf(profile),
  };
}

export function typeIndexOf(profile: Profile, type: string | null): number {
  if (type === null) return profile.defaultType;
  const index = profile.sampleTypes.findIndex((sampleType) => sampleType.type === type);
  if (index >= 0) return index;
  const types = profile.sampleTypes.map((sampleType) => sampleType.type);
  throw new AppError('unknown-sample-type', `no sample type "${type}"; the profile has ${types.join(', ')}`, {
    detail: { types },
  });
}

function sumSamples(profile: Profile, typeIndex: number): { sums: BigInt64Array; present: Uint8Array } {
  const { samples, stacks, sampleTypes } = profile;
  const sums = new BigInt64Array(stacks.count);
  const present = new Uint8Array(stacks.count);
  for (let i = 0; i < samples.count; i++) {
    const value = samples.values[i * sampleTypes.length + typeIndex] ?? 0n;
    if (value === 0n) continue;
    const stack = samples.stack[i] ?? 0;
    sums[stack] = (sums[stack] ?? 0n) + value;
    present[stack] = 1;
  }
  return { sums, present };
}

/** The profile's functions, and after them one for each name that stands in for missing symbols. */
class FrameFunctions {
  readonly all: ProfileFunction[];
  private readonly profile: Profile;
  private readonly standIns = new Map<string, number>();

  constructor(profile: Profile) {
    this.profile = profile;
    this.all = [...profile.functions];
  }

  /** Appends the frames of a location, innermost first. */
  expand(location: number, frame: number[], line: number[]): void {
    const { lineStart, lineFunction, lineNumber } = this.profile.locations;
    const from = lineStart[location] ?? 0;
    const to = lineStart[location + 1] ?? 0;
    if (from === to) {
      frame.push(this.standIn(location, ''));
      line.push(0);
    }
    for (let i = from; i < to; i++) {
      const index = lineFunction[i] ?? 0;
      const target = this.profile.functions[index];
      frame.push(target === undefined || target.name === '' ? this.standIn(location, target?.file ?? '') : index);
      line.push(lineNumber[i] ?? 0);
    }
  }

  private standIn(location: number, file: string): number {
    const { locations, mappings } = this.profile;
    const name = frameName('', mappings[locations.mapping[location] ?? -1]);
    const key = `${name}\0${file}`;
    const known = this.standIns.get(key);
    if (known !== undefined) return known;
    const index = this.all.push({ name, systemName: '', file, startLine: 0 }) - 1;
    this.standIns.set(key, index);
    return index;
  }
}

function windowOf(profile: Profile): StackSums['window'] {
  const { timeNanos, durationNanos } = profile;
  const known = timeNanos !== 0n;
  return {
    from: known ? Number(timeNanos) / 1e6 : null,
    to: known ? Number(timeNanos + durationNanos) / 1e6 : null,
    profiles: 1,
    requests: null,
    durationNanos,
  };
}
