import type { SampleType } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { describeForeignText } from './foreign-text.ts';
import { IdTable } from './id-table.ts';
import { KnownFunctions } from './known-functions.ts';
import { LocationReader } from './location-reader.ts';
import type { Profile } from './profile.ts';
import { malformed, overLimit } from './profile-errors.ts';
import { DEFAULT_PROFILE_LIMITS, type ProfileLimits } from './profile-limits.ts';
import { readFunctions, readMappings, readValueTypes } from './read-symbols.ts';
import { indexRecords, RecordIndex } from './record-index.ts';
import { SampleReader } from './sample-reader.ts';
import type { OwnersNumbers } from './sent-once.ts';
import { readStrings, type StringTable } from './string-table.ts';
import { WireReader } from './wire-reader.ts';

/**
 * Reads an inflated pprof profile; the answer holds no reference to `bytes`. Refuses what google/pprof's Parse and CheckValid
 * refuse, profiles without sample types, and what is over a limit: AppError `malformed-profile` (syntax, with the position),
 * `inconsistent-profile`, `no-sample-types` or `over-limit`.
 */
export function readProfile(bytes: Uint8Array, limits: ProfileLimits = DEFAULT_PROFILE_LIMITS): Profile {
  return readNumberedProfile(bytes, limits).profile;
}

/** A profile, and its functions by numbers: what has one number in one numbering is the same object, -1 = it has none. */
export interface NumberedProfile {
  readonly profile: Profile;
  readonly functionNumbers: OwnersNumbers;
}

/** The same, for who sees many profiles. */
export function readNumberedProfile(bytes: Uint8Array, limits: ProfileLimits): NumberedProfile {
  if (bytes.length === 0) throw malformed(0, 'it is empty');
  if (bytes.length > limits.inflatedBytes) throw overLimit('its size', limits.inflatedBytes, bytes.length);
  const reader = bytes.length <= REUSE_BYTES ? reusedReader : new ProfileReader();
  try {
    return reader.read(bytes, limits);
  } catch (error) {
    const foreign = describeForeignText(bytes);
    throw foreign === null ? error : malformed(0, foreign);
  }
}

/** Working tables are kept between profiles up to this size: making them anew is a quarter of the time of a small one. */
const REUSE_BYTES = 1024 * 1024;

class ProfileReader {
  private readonly wire = new WireReader();
  private readonly index = new RecordIndex();
  private readonly knownFunctions = new KnownFunctions();
  private readonly functionIds = new IdTable();
  private readonly mappingIds = new IdTable();
  private readonly locationReader = new LocationReader(this.wire, {
    functionIds: this.functionIds,
    mappingIds: this.mappingIds,
  });
  private readonly sampleReader = new SampleReader(this.wire);

  read(bytes: Uint8Array, limits: ProfileLimits): NumberedProfile {
    const { wire, index } = this;
    wire.open(bytes);
    indexRecords(wire, index, limits);
    const strings = readStrings(bytes, index.strings, limits);
    const sampleTypes = readValueTypes(wire, index.sampleTypes, strings);
    if (sampleTypes.length === 0) throw noSampleTypes(index.samples.count);
    const header = readHeader(wire, index, strings, sampleTypes);
    const { knownFunctions } = this;
    const { functions, numbers } = readFunctions(wire, index.functions, strings, knownFunctions, this.functionIds);
    const mappings = readMappings(wire, index.mappings, strings, this.mappingIds);
    const locations = this.locationReader.read(index.locations, limits);
    const targets = {
      strings,
      lineStart: locations.lineStart,
      locationIds: this.locationReader.ids,
      sampleTypes: sampleTypes.length,
    };
    const { samples, stacks, labelSets } = this.sampleReader.read(index.samples, targets, limits);
    return {
      profile: Object.assign(header, { functions, mappings, locations, stacks, labelSets, samples }),
      functionNumbers: { numbering: knownFunctions.numbering, ofItem: numbers },
    };
  }
}

const reusedReader = new ProfileReader();

function noSampleTypes(samples: number): AppError {
  return new AppError('no-sample-types', `the profile names no sample types (and has ${samples} samples)`);
}

function readHeader(wire: WireReader, index: RecordIndex, strings: StringTable, sampleTypes: readonly SampleType[]) {
  const periodType = readValueTypes(wire, index.periodTypes, strings).at(-1);
  const defaultSampleType = strings.get(index.defaultSampleType, 'profile');
  return {
    sampleTypes,
    defaultType: defaultTypeOf(sampleTypes, defaultSampleType),
    defaultSampleType,
    periodType: periodType === undefined || (periodType.type === '' && periodType.unit === '') ? null : periodType,
    period: index.period,
    timeNanos: index.timeNanos,
    durationNanos: index.durationNanos,
    comments: index.comments.map((comment) => strings.get(comment, 'comment')),
    dropFrames: strings.get(index.dropFrames, 'profile'),
    keepFrames: strings.get(index.keepFrames, 'profile'),
    docUrl: strings.get(index.docUrl, 'profile'),
  };
}

/** The first type of that name, else the last of all, as `go tool pprof` chooses. */
export function defaultTypeOf(sampleTypes: readonly SampleType[], name: string): number {
  const named = sampleTypes.findIndex((sampleType) => sampleType.type === name);
  return name !== '' && named >= 0 ? named : sampleTypes.length - 1;
}
