import { IdTable } from './id-table.ts';
import { IntListTable } from './int-list-table.ts';
import type { LabelSet, ProfileLabel, ProfileSamples, ProfileStacks } from './profile.ts';
import { inconsistent, overLimit } from './profile-errors.ts';
import { DEFAULT_PROFILE_LIMITS, type ProfileLimits } from './profile-limits.ts';
import type { RecordList } from './record-index.ts';
import { StringTable } from './string-table.ts';
import { bigUint64Of, WIRE_BYTES, type WireReader } from './wire-reader.ts';

/** What samples refer to. */
export interface SampleTargets {
  readonly strings: StringTable;
  /** Of the locations, as in `ProfileLocations`. */
  readonly lineStart: Uint32Array;
  readonly locationIds: IdTable;
  readonly sampleTypes: number;
}

const NO_TARGETS: SampleTargets = {
  strings: new StringTable(new Int32Array(), new Map()),
  lineStart: new Uint32Array(1),
  locationIds: new IdTable(),
  sampleTypes: 0,
};

/** A label in the table of label sets: key, text, low and high half of the number, unit. */
const LABEL_INTS = 5;

/** Reads the sample records into columns; stacks and label sets are stored once. Its tables are kept for the next profile. */
export class SampleReader {
  private readonly wire: WireReader;
  private readonly stacks = new IntListTable();
  private readonly labelSets = new IntListTable();
  private targets: SampleTargets = NO_TARGETS;
  private limits: ProfileLimits = DEFAULT_PROFILE_LIMITS;
  private valueHalves = new Int32Array();
  private labels = 0;
  private frames = 0;
  private depth = 0;
  /** Next value of the sample that is being read, and where its values end. */
  private value = 0;
  private lastValue = 0;

  constructor(wire: WireReader) {
    this.wire = wire;
  }

  read(records: RecordList, targets: SampleTargets, limits: ProfileLimits) {
    const { count } = records;
    this.begin(targets, limits);
    // Every value takes a byte or more: a profile that can't have them all is refused before anything is allocated for it.
    if (count * targets.sampleTypes > records.bytes)
      throw inconsistent('its samples have fewer values than it has sample types');
    const values = new BigInt64Array(count * targets.sampleTypes);
    const stack = new Uint32Array(count);
    const labelSet = new Uint32Array(count);
    this.valueHalves = new Int32Array(values.buffer);
    for (let i = 0; i < count; i++) {
      this.wire.enter(records.start[i] ?? 0, records.end[i] ?? 0);
      this.readSample(i);
      stack[i] = this.commitStack();
      labelSet[i] = this.labelSets.commit();
    }
    const { start, data } = this.stacks.toColumns();
    const stacks: ProfileStacks = { count: this.stacks.count, start, location: data };
    const samples: ProfileSamples = { count, stack, labelSet, values };
    return { samples, stacks, labelSets: this.resolveLabelSets() };
  }

  private begin(targets: SampleTargets, limits: ProfileLimits): void {
    this.targets = targets;
    this.limits = limits;
    this.stacks.clear();
    this.labelSets.clear();
    this.labelSets.commit();
    this.labels = 0;
    this.frames = 0;
  }

  private readSample(index: number): void {
    const { wire } = this;
    this.depth = 0;
    this.value = index * this.targets.sampleTypes;
    this.lastValue = this.value + this.targets.sampleTypes;
    while (wire.hasMore()) {
      wire.readTag();
      if (wire.field === 1) this.readLocations();
      else if (wire.field === 2) this.readValues(index);
      else if (wire.field === 3) this.readLabel();
      else wire.skipField();
    }
    if (this.value !== this.lastValue) throw this.valueMismatch(index);
  }

  private readLocations(): void {
    const { wire } = this;
    if (wire.wireType !== WIRE_BYTES) {
      wire.varintField('sample location_id');
      this.pushLocation();
      return;
    }
    const outer = wire.end;
    const length = wire.readLength();
    wire.end = wire.position + length;
    while (wire.hasMore()) {
      wire.readVarint();
      this.pushLocation();
    }
    wire.end = outer;
  }

  private pushLocation(): void {
    const { wire, targets } = this;
    const location = targets.locationIds.find(wire.low, wire.high);
    if (location < 0) {
      throw inconsistent(
        `the sample before byte ${wire.position} refers to location ${bigUint64Of(wire.low, wire.high)}, which is not there`,
      );
    }
    const { lineStart } = targets;
    this.depth += Math.max(1, (lineStart[location + 1] ?? 0) - (lineStart[location] ?? 0));
    if (this.depth > this.limits.depth) throw overLimit('the depth of a stack', this.limits.depth, this.depth);
    this.stacks.push(location);
  }

  private commitStack(): number {
    const known = this.stacks.count;
    const stack = this.stacks.commit();
    if (stack === known) this.frames += this.depth;
    if (this.frames > this.limits.frames) throw overLimit('the number of frames', this.limits.frames, this.frames);
    return stack;
  }

  private readValues(index: number): void {
    const { wire } = this;
    if (wire.wireType !== WIRE_BYTES) {
      wire.varintField('sample value');
      this.takeValue(index);
      return;
    }
    const outer = wire.end;
    const length = wire.readLength();
    wire.end = wire.position + length;
    while (wire.hasMore()) {
      wire.readVarint();
      this.takeValue(index);
    }
    wire.end = outer;
  }

  private takeValue(index: number): void {
    if (this.value === this.lastValue) throw this.valueMismatch(index);
    this.valueHalves[2 * this.value] = this.wire.low;
    this.valueHalves[2 * this.value + 1] = this.wire.high;
    this.value++;
  }

  private valueMismatch(index: number): Error {
    const types = this.targets.sampleTypes;
    return inconsistent(
      `sample ${index}, before byte ${this.wire.position}, does not have one value for each of ${types} sample types`,
    );
  }

  private readLabel(): void {
    const { wire } = this;
    wire.expect(WIRE_BYTES, 'sample label');
    if (++this.labels > this.limits.records) throw overLimit('the number of labels', this.limits.records, this.labels);
    const outer = wire.end;
    const length = wire.readLength();
    wire.end = wire.position + length;
    let key = 0;
    let text = 0;
    let low = 0;
    let high = 0;
    let unit = 0;
    while (wire.hasMore()) {
      wire.readTag();
      switch (wire.field) {
        case 1:
          key = wire.signedField('label key');
          break;
        case 2:
          text = wire.signedField('label str');
          break;
        case 3:
          wire.varintField('label num');
          low = wire.low;
          high = wire.high;
          break;
        case 4:
          unit = wire.signedField('label num_unit');
          break;
        default:
          wire.skipField();
      }
    }
    wire.end = outer;
    this.pushLabel(key, text, low, high, unit);
  }

  /** As in google/pprof: a label with a text is a text label whatever else it says; one that says nothing is no label. */
  private pushLabel(key: number, text: number, low: number, high: number, unit: number): void {
    const { strings } = this.targets;
    strings.get(key, 'label');
    if (text !== 0) {
      strings.get(text, 'label');
      this.pushInts(key, text, 0, 0, 0);
    } else if ((low | high) !== 0 || unit !== 0) {
      strings.get(unit, 'label');
      this.pushInts(key, 0, low, high, unit);
    }
  }

  private pushInts(key: number, text: number, low: number, high: number, unit: number): void {
    const { labelSets } = this;
    labelSets.push(key);
    labelSets.push(text);
    labelSets.push(low);
    labelSets.push(high);
    labelSets.push(unit);
  }

  private resolveLabelSets(): LabelSet[] {
    const sets: LabelSet[] = [];
    for (let i = 0; i < this.labelSets.count; i++) sets.push(this.resolveLabelSet(this.labelSets.list(i)));
    return sets;
  }

  private resolveLabelSet(ints: Uint32Array): LabelSet {
    const { strings } = this.targets;
    const labels: ProfileLabel[] = [];
    for (let i = 0; i < ints.length; i += LABEL_INTS) {
      const [key = 0, text = 0, low = 0, high = 0, unit = 0] = ints.subarray(i, i + LABEL_INTS);
      labels.push({
        key: strings.get(key, 'label'),
        text: strings.get(text, 'label'),
        number: text === 0 ? BigInt.asIntN(64, bigUint64Of(low, high)) : null,
        unit: strings.get(unit, 'label'),
      });
    }
    return labels;
  }
}
