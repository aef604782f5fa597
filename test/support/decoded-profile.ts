import { Profile as PprofProfile } from 'pprof-format';
import type { Profile } from '../../server/profile/index.ts';

type Numeric = number | bigint;

/** A sample with everything it refers to written out, so that two readers can be compared. */
export interface PlainSample {
  readonly values: readonly bigint[];
  /** Leaf first: mapping file, address, then each line's function, file and number. */
  readonly stack: readonly string[];
  readonly labels: readonly string[];
}

export interface PlainProfile {
  readonly types: readonly string[];
  readonly header: readonly (string | bigint)[];
  readonly samples: readonly PlainSample[];
}

export function plainFromProfile(profile: Profile): PlainProfile {
  const { locations, functions, mappings, stacks, samples, sampleTypes } = profile;
  const names = Array.from({ length: locations.count }, (_, i) => {
    const lines: string[] = [];
    for (let line = locations.lineStart[i] ?? 0; line < (locations.lineStart[i + 1] ?? 0); line++) {
      const target = functions[locations.lineFunction[line] ?? 0];
      lines.push(`${target?.name} ${target?.file}:${locations.lineNumber[line]} ${target?.startLine}`);
    }
    return [mappings[locations.mapping[i] ?? -1]?.file ?? '', locations.address[i], ...lines].join('|');
  });
  return {
    types: sampleTypes.map(({ type, unit }) => `${type}/${unit}`),
    header: [profile.timeNanos, profile.durationNanos, profile.period, profile.defaultSampleType],
    samples: Array.from(samples.stack, (stack, i) => ({
      values: [...samples.values.subarray(i * sampleTypes.length, (i + 1) * sampleTypes.length)],
      stack: [...stacks.location.subarray(stacks.start[stack], stacks.start[stack + 1])].map((at) => names[at] ?? ''),
      labels: (profile.labelSets[samples.labelSet[i] ?? 0] ?? []).map(
        ({ key, text, number, unit }) => `${key}=${text}${number ?? ''}${unit}`,
      ),
    })),
  };
}

/** The same from pprof-format's decoder, whose 64-bit values have no sign. */
export function plainFromPprofFormat(bytes: Uint8Array): PlainProfile {
  const decoded = PprofProfile.decode(bytes);
  const string = (index: Numeric) => decoded.stringTable.strings[Number(index)] ?? '';
  const byId = <T extends { id: Numeric }>(items: readonly T[]) =>
    new Map(items.map((item) => [Number(item.id), item]));
  const [functions, mappings] = [byId(decoded.function), byId(decoded.mapping)];
  const names = new Map(
    decoded.location.map(({ id, mappingId, address, line: lines }) => {
      const drawn = lines.map(({ functionId, line }) => {
        const target = functions.get(Number(functionId));
        return `${string(target?.name ?? 0)} ${string(target?.filename ?? 0)}:${line} ${target?.startLine}`;
      });
      return [
        Number(id),
        [string(mappings.get(Number(mappingId))?.filename ?? 0), BigInt(address), ...drawn].join('|'),
      ];
    }),
  );
  return {
    types: decoded.sampleType.map(({ type, unit }) => `${string(type)}/${string(unit)}`),
    header: [
      ...[decoded.timeNanos, decoded.durationNanos, decoded.period].map((value) => signed(value)),
      string(decoded.defaultSampleType),
    ],
    samples: decoded.sample.map(({ value, locationId, label: labels }) => ({
      values: value.map(signed),
      stack: locationId.map((id) => names.get(Number(id)) ?? ''),
      labels: labels.map(({ key, str, num, numUnit }) => {
        return Number(str) !== 0 ? `${string(key)}=${string(str)}` : `${string(key)}=${signed(num)}${string(numUnit)}`;
      }),
    })),
  };
}

function signed(value: Numeric): bigint {
  return BigInt.asIntN(64, BigInt(value));
}
