import { malformed, overLimit } from './profile-errors.ts';
import type { ProfileLimits } from './profile-limits.ts';
import { WIRE_BYTES, WIRE_VARINT, type WireReader } from './wire-reader.ts';

/** Where the records of one kind lie: record i is bytes [start[i], end[i]). */
export class RecordList {
  count = 0;
  start = new Int32Array(32);
  end = new Int32Array(32);
  /** Sum of the records' lengths: a bound for what they can hold. */
  bytes = 0;

  clear(): void {
    this.count = 0;
    this.bytes = 0;
  }

  add(start: number, end: number): void {
    if (this.count === this.start.length) {
      this.start = doubled(this.start);
      this.end = doubled(this.end);
    }
    this.start[this.count] = start;
    this.end[this.count] = end;
    this.count++;
    this.bytes += end - start;
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** A profile's top level: records by kind, in the order of the file, and its scalars (string indices not yet checked). */
export class RecordIndex {
  readonly sampleTypes = new RecordList();
  readonly samples = new RecordList();
  readonly mappings = new RecordList();
  readonly locations = new RecordList();
  readonly functions = new RecordList();
  readonly strings = new RecordList();
  readonly periodTypes = new RecordList();
  comments: number[] = [];
  dropFrames = 0;
  keepFrames = 0;
  timeNanos = 0n;
  durationNanos = 0n;
  period = 0n;
  defaultSampleType = 0;
  docUrl = 0;

  clear(): void {
    for (const list of [this.sampleTypes, this.samples, this.mappings, this.locations]) list.clear();
    for (const list of [this.functions, this.strings, this.periodTypes]) list.clear();
    this.comments = [];
    this.dropFrames = this.keepFrames = this.defaultSampleType = this.docUrl = 0;
    this.timeNanos = this.durationNanos = this.period = 0n;
  }
}

/**
 * Walks the top level once, so that everything after it knows how much there is before it allocates, and can read the kinds
 * in the order of their references: strings, functions, mappings, locations, samples.
 */
export function indexRecords(wire: WireReader, index: RecordIndex, limits: ProfileLimits): void {
  index.clear();
  while (wire.hasMore()) {
    wire.readTag();
    const list = listOfField(index, wire.field);
    if (list === undefined) readScalar(wire, index, limits);
    else {
      wire.expect(WIRE_BYTES, 'a record of the profile');
      const length = wire.readLength();
      list.add(wire.position, wire.position + length);
      wire.position += length;
    }
  }
  holdLimits(index, limits);
}

function listOfField(index: RecordIndex, field: number): RecordList | undefined {
  switch (field) {
    case 1:
      return index.sampleTypes;
    case 2:
      return index.samples;
    case 3:
      return index.mappings;
    case 4:
      return index.locations;
    case 5:
      return index.functions;
    case 6:
      return index.strings;
    case 11:
      return index.periodTypes;
    default:
      return undefined;
  }
}

function readScalar(wire: WireReader, index: RecordIndex, limits: ProfileLimits): void {
  switch (wire.field) {
    case 7:
      index.dropFrames = wire.signedField('drop_frames');
      break;
    case 8:
      index.keepFrames = wire.signedField('keep_frames');
      break;
    case 9:
      if (index.timeNanos !== 0n) throw malformed(wire.position, 'a second time_nanos: two profiles in one file');
      index.timeNanos = wire.bigIntField('time_nanos');
      break;
    case 10:
      index.durationNanos = wire.bigIntField('duration_nanos');
      break;
    case 12:
      index.period = wire.bigIntField('period');
      break;
    case 13:
      readComments(wire, index.comments, limits);
      break;
    case 14:
      index.defaultSampleType = wire.signedField('default_sample_type');
      break;
    case 15:
      index.docUrl = wire.signedField('doc_url');
      break;
    default:
      wire.skipField();
  }
}

function readComments(wire: WireReader, comments: number[], limits: ProfileLimits): void {
  if (wire.wireType === WIRE_VARINT) {
    comments.push(wire.readSigned());
    return;
  }
  wire.expect(WIRE_BYTES, 'comment');
  const length = wire.readLength();
  if (length + comments.length > limits.records) throw overLimit('the bytes of comments', limits.records, length);
  const outer = wire.end;
  wire.end = wire.position + length;
  while (wire.hasMore()) comments.push(wire.readSigned());
  wire.end = outer;
}

function holdLimits(index: RecordIndex, limits: ProfileLimits): void {
  if (index.samples.count > limits.samples)
    throw overLimit('the number of samples', limits.samples, index.samples.count);
  if (index.sampleTypes.count > limits.sampleTypes) {
    throw overLimit('the number of sample types', limits.sampleTypes, index.sampleTypes.count);
  }
  const { strings, functions, mappings, locations, periodTypes, comments } = index;
  const records =
    strings.count + functions.count + mappings.count + locations.count + periodTypes.count + comments.length;
  if (records > limits.records) throw overLimit('the number of records', limits.records, records);
}
