import type { SentProfile } from './sent-profile.ts';

/** Columns may begin at multiples of this in a shared buffer, whatever their numbers. */
const ALIGNMENT = 8;

/**
 * The profile with all its columns in one buffer, so that this one alone is handed to another thread: each buffer costs both
 * threads as much as kilobytes of numbers.
 *
 *     mapping │ address │ folded + 0 to 7 bytes │ lineStart │ …
 */
export function packColumns(profile: SentProfile): { readonly profile: SentProfile; readonly buffer: ArrayBuffer } {
  const { locations, stacks, samples, functions, mappings, labelSets, stackNumbers } = profile;
  const columns = [
    locations.mapping,
    locations.address,
    locations.folded,
    locations.lineStart,
    locations.lineFunction,
    locations.lineNumber,
    locations.lineColumn,
    stacks.start,
    stacks.location,
    samples.stack,
    samples.labelSet,
    samples.values,
    functions.numbers,
    mappings.numbers,
    labelSets.numbers,
    stackNumbers,
  ];
  let bytes = 0;
  for (const { byteLength } of columns) bytes += alignedLength(byteLength);
  const buffer = new ArrayBuffer(bytes);
  const all = new Uint8Array(buffer);
  let next = 0;
  /** Where the column has been copied to. */
  const place = ({ buffer: from, byteOffset, byteLength }: ArrayBufferView): number => {
    const at = next;
    all.set(new Uint8Array(from, byteOffset, byteLength), at);
    next += alignedLength(byteLength);
    return at;
  };
  const int32 = (column: Int32Array) => new Int32Array(buffer, place(column), column.length);
  const uint32 = (column: Uint32Array) => new Uint32Array(buffer, place(column), column.length);
  const float64 = (column: Float64Array) => new Float64Array(buffer, place(column), column.length);
  const packed: SentProfile = {
    ...profile,
    locations: {
      count: locations.count,
      mapping: int32(locations.mapping),
      address: new BigUint64Array(buffer, place(locations.address), locations.address.length),
      folded: new Uint8Array(buffer, place(locations.folded), locations.folded.length),
      lineStart: uint32(locations.lineStart),
      lineFunction: uint32(locations.lineFunction),
      lineNumber: float64(locations.lineNumber),
      lineColumn: float64(locations.lineColumn),
    },
    stacks: { count: stacks.count, start: uint32(stacks.start), location: uint32(stacks.location) },
    samples: {
      count: samples.count,
      stack: uint32(samples.stack),
      labelSet: uint32(samples.labelSet),
      values: new BigInt64Array(buffer, place(samples.values), samples.values.length),
    },
    functions: { ...functions, numbers: int32(functions.numbers) },
    mappings: { ...mappings, numbers: int32(mappings.numbers) },
    labelSets: { ...labelSets, numbers: int32(labelSets.numbers) },
    stackNumbers: int32(stackNumbers),
  };
  return { profile: packed, buffer };
}

const alignedLength = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
