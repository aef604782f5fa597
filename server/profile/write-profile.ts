import {
  Label,
  Line,
  Location,
  Mapping,
  Function as PprofFunction,
  Profile as PprofProfile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import type { SampleType } from '../../protocol/index.ts';
import type { Profile, ProfileLabel } from './profile.ts';

/**
 * The profile as uncompressed pprof; reading it again gives an equal profile. Ids are index + 1. Compressing is the caller's.
 */
export function writeProfile(profile: Profile): Uint8Array {
  const strings = new StringTable();
  const pprof = new PprofProfile({
    stringTable: strings,
    sampleType: profile.sampleTypes.map((type) => valueType(strings, type)),
    sample: writeSamples(profile, strings),
    mapping: writeMappings(profile, strings),
    location: writeLocations(profile),
    function: writeFunctions(profile, strings),
    dropFrames: strings.dedup(profile.dropFrames),
    keepFrames: strings.dedup(profile.keepFrames),
    timeNanos: profile.timeNanos,
    durationNanos: profile.durationNanos,
    ...(profile.periodType === null ? {} : { periodType: valueType(strings, profile.periodType) }),
    period: profile.period,
    comment: profile.comments.map((comment) => strings.dedup(comment)),
    defaultSampleType: strings.dedup(profile.defaultSampleType),
    docUrl: strings.dedup(profile.docUrl),
  });
  // pprof-format counts no bytes for a sample type without name and unit, yet writes its two.
  const unnamed = profile.sampleTypes.filter(({ type, unit }) => type === '' && unit === '').length;
  return pprof.encode(new Uint8Array(pprof.length + 2 * unnamed));
}

function valueType(strings: StringTable, { type, unit }: SampleType): ValueType {
  return new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) });
}

function writeSamples(profile: Profile, strings: StringTable): Sample[] {
  const { samples, stacks, sampleTypes } = profile;
  const labelSets = profile.labelSets.map((labels) => labels.map((label) => writeLabel(strings, label)));
  const locationIds: number[][] = [];
  for (let stack = 0; stack < stacks.count; stack++) {
    const locations = stacks.location.subarray(stacks.start[stack], stacks.start[stack + 1]);
    locationIds.push(Array.from(locations, (location) => location + 1));
  }
  return Array.from(samples.stack, (stack, i) => {
    const values = samples.values.subarray(i * sampleTypes.length, (i + 1) * sampleTypes.length);
    return new Sample({
      locationId: locationIds[stack] ?? [],
      value: Array.from(values),
      label: labelSets[samples.labelSet[i] ?? 0] ?? [],
    });
  });
}

function writeLabel(strings: StringTable, { key, text, number, unit }: ProfileLabel): Label {
  if (number === null) return new Label({ key: strings.dedup(key), str: strings.dedup(text) });
  return new Label({ key: strings.dedup(key), num: number, numUnit: strings.dedup(unit) });
}

function writeMappings(profile: Profile, strings: StringTable): Mapping[] {
  return profile.mappings.map(
    (mapping, index) =>
      new Mapping({
        id: index + 1,
        memoryStart: mapping.start,
        memoryLimit: mapping.limit,
        fileOffset: mapping.offset,
        filename: strings.dedup(mapping.file),
        buildId: strings.dedup(mapping.buildId),
        hasFunctions: mapping.hasFunctions,
        hasFilenames: mapping.hasFilenames,
        hasLineNumbers: mapping.hasLineNumbers,
        hasInlineFrames: mapping.hasInlineFrames,
      }),
  );
}

function writeLocations(profile: Profile): Location[] {
  const { locations } = profile;
  return Array.from(locations.mapping, (mapping, index) => {
    const lines: Line[] = [];
    for (let i = locations.lineStart[index] ?? 0; i < (locations.lineStart[index + 1] ?? 0); i++) {
      const functionId = (locations.lineFunction[i] ?? 0) + 1;
      lines.push(new Line({ functionId, line: locations.lineNumber[i] ?? 0, column: locations.lineColumn[i] ?? 0 }));
    }
    return new Location({
      id: index + 1,
      mappingId: mapping + 1,
      address: locations.address[index] ?? 0n,
      line: lines,
      isFolded: locations.folded[index] === 1,
    });
  });
}

function writeFunctions(profile: Profile, strings: StringTable): PprofFunction[] {
  return profile.functions.map(
    ({ name, systemName, file, startLine }, index) =>
      new PprofFunction({
        id: index + 1,
        name: strings.dedup(name),
        systemName: strings.dedup(systemName),
        filename: strings.dedup(file),
        startLine,
      }),
  );
}
