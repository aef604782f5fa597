import { IdTable } from './id-table.ts';
import type { ProfileLocations } from './profile.ts';
import { inconsistent, overLimit } from './profile-errors.ts';
import type { ProfileLimits } from './profile-limits.ts';
import { addId } from './read-symbols.ts';
import type { RecordList } from './record-index.ts';
import { WIRE_BYTES, type WireReader } from './wire-reader.ts';

/** The records that locations refer to. */
export interface LocationTargets {
  readonly functionIds: IdTable;
  readonly mappingIds: IdTable;
}

/**
 * Reads the location records into columns, their lines in the order of the file. A mapping id that no mapping has means "no
 * mapping", as for google/pprof; a line without a function is refused. What it allocates for lines is kept for the next profile.
 */
export class LocationReader {
  readonly ids = new IdTable();
  private readonly wire: WireReader;
  private readonly targets: LocationTargets;
  private mapping = new Int32Array();
  private addressHalves = new Int32Array();
  private folded = new Uint8Array();
  private lineFunction = new Uint32Array();
  private lineNumber = new Float64Array();
  private lineColumn = new Float64Array();
  private lines = 0;

  constructor(wire: WireReader, targets: LocationTargets) {
    this.wire = wire;
    this.targets = targets;
  }

  read(records: RecordList, limits: ProfileLimits): ProfileLocations {
    const { wire } = this;
    const { count } = records;
    const address = new BigUint64Array(count);
    const lineStart = new Uint32Array(count + 1);
    this.mapping = new Int32Array(count);
    this.addressHalves = new Int32Array(address.buffer);
    this.folded = new Uint8Array(count);
    this.ids.clear(count);
    this.reserveLines(records.bytes);
    for (let i = 0; i < count; i++) {
      wire.enter(records.start[i] ?? 0, records.end[i] ?? 0);
      this.readLocation(i);
      lineStart[i + 1] = this.lines;
    }
    if (this.lines > limits.records) throw overLimit('the number of lines', limits.records, this.lines);
    return { count, mapping: this.mapping, address, folded: this.folded, lineStart, ...this.copyLines() };
  }

  private reserveLines(locationBytes: number): void {
    // A line with a function takes four bytes or more: tag, length, tag, id. One without ends the reading.
    const most = (locationBytes >>> 2) + 1;
    this.lines = 0;
    if (most <= this.lineFunction.length) return;
    this.lineFunction = new Uint32Array(most);
    this.lineNumber = new Float64Array(most);
    this.lineColumn = new Float64Array(most);
  }

  private copyLines() {
    return {
      lineFunction: this.lineFunction.slice(0, this.lines),
      lineNumber: this.lineNumber.slice(0, this.lines),
      lineColumn: this.lineColumn.slice(0, this.lines),
    };
  }

  private readLocation(index: number): void {
    const { wire } = this;
    let idLow = 0;
    let idHigh = 0;
    let mapping = -1;
    while (wire.hasMore()) {
      wire.readTag();
      switch (wire.field) {
        case 1:
          wire.varintField('location id');
          idLow = wire.low;
          idHigh = wire.high;
          break;
        case 2:
          wire.varintField('location mapping_id');
          mapping = this.targets.mappingIds.find(wire.low, wire.high);
          break;
        case 3:
          wire.varintField('location address');
          this.addressHalves[2 * index] = wire.low;
          this.addressHalves[2 * index + 1] = wire.high;
          break;
        case 4:
          this.readLine();
          break;
        case 5:
          this.folded[index] = wire.flagField('location is_folded') ? 1 : 0;
          break;
        default:
          wire.skipField();
      }
    }
    this.mapping[index] = mapping;
    addId(this.ids, idLow, idHigh, index, 'location');
  }

  private readLine(): void {
    const { wire } = this;
    wire.expect(WIRE_BYTES, 'location line');
    const length = wire.readLength();
    const outer = wire.end;
    wire.end = wire.position + length;
    let target = -1;
    let line = 0;
    let column = 0;
    while (wire.hasMore()) {
      wire.readTag();
      switch (wire.field) {
        case 1:
          wire.varintField('line function_id');
          target = this.targets.functionIds.find(wire.low, wire.high);
          break;
        case 2:
          line = wire.signedField('line number');
          break;
        case 3:
          column = wire.signedField('line column');
          break;
        default:
          wire.skipField();
      }
    }
    wire.end = outer;
    if (target < 0)
      throw inconsistent(`the location line before byte ${wire.position} refers to a function that is not there`);
    this.lineFunction[this.lines] = target;
    this.lineNumber[this.lines] = line;
    this.lineColumn[this.lines] = column;
    this.lines++;
  }
}
