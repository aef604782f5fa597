import type { SampleType } from '../../protocol/index.ts';
import type { IdTable } from './id-table.ts';
import { type FunctionRecord, functionOf, type KnownFunctions } from './known-functions.ts';
import type { ProfileFunction, ProfileMapping } from './profile.ts';
import { inconsistent } from './profile-errors.ts';
import type { RecordList } from './record-index.ts';
import type { StringTable } from './string-table.ts';
import { bigUint64Of, type WireReader } from './wire-reader.ts';

export interface ReadFunctions {
  readonly functions: ProfileFunction[];
  /** Of each function, as `KnownFunctions` numbers them. */
  readonly numbers: Int32Array;
}

/** Fills `ids` with the ids that lines refer to the functions by. */
export function readFunctions(
  wire: WireReader,
  records: RecordList,
  strings: StringTable,
  known: KnownFunctions,
  ids: IdTable,
): ReadFunctions {
  ids.clear(records.count);
  known.begin(strings);
  const functions: ProfileFunction[] = [];
  const numbers = new Int32Array(records.count);
  for (let i = 0; i < records.count; i++) {
    wire.enter(records.start[i] ?? 0, records.end[i] ?? 0);
    const record = readFunction(wire, ids, i);
    const number = known.numberOf(record, strings);
    numbers[i] = number;
    functions.push(known.get(number) ?? functionOf(record, strings));
  }
  return { functions, numbers };
}

function readFunction(wire: WireReader, ids: IdTable, index: number): FunctionRecord {
  let idLow = 0;
  let idHigh = 0;
  let name = 0;
  let systemName = 0;
  let file = 0;
  let startLine = 0;
  while (wire.hasMore()) {
    wire.readTag();
    switch (wire.field) {
      case 1:
        wire.varintField('function id');
        idLow = wire.low;
        idHigh = wire.high;
        break;
      case 2:
        name = wire.signedField('function name');
        break;
      case 3:
        systemName = wire.signedField('function system_name');
        break;
      case 4:
        file = wire.signedField('function filename');
        break;
      case 5:
        startLine = wire.signedField('function start_line');
        break;
      default:
        wire.skipField();
    }
  }
  addId(ids, idLow, idHigh, index, 'function');
  return { name, systemName, file, startLine };
}

export function readMappings(
  wire: WireReader,
  records: RecordList,
  strings: StringTable,
  ids: IdTable,
): ProfileMapping[] {
  ids.clear(records.count);
  const items: ProfileMapping[] = [];
  for (let i = 0; i < records.count; i++) {
    wire.enter(records.start[i] ?? 0, records.end[i] ?? 0);
    items.push(readMapping(wire, ids, i, strings));
  }
  return items;
}

function readMapping(wire: WireReader, ids: IdTable, index: number, strings: StringTable): ProfileMapping {
  const numbers = [0n, 0n, 0n, 0n];
  const flags = [false, false, false, false];
  let file = 0;
  let buildId = 0;
  while (wire.hasMore()) {
    wire.readTag();
    const { field } = wire;
    if (field >= 1 && field <= 4) numbers[field - 1] = BigInt.asUintN(64, wire.bigIntField('mapping number'));
    else if (field === 5) file = wire.signedField('mapping filename');
    else if (field === 6) buildId = wire.signedField('mapping build_id');
    else if (field >= 7 && field <= 10) flags[field - 7] = wire.flagField('mapping flag');
    else wire.skipField();
  }
  const [id = 0n, start = 0n, limit = 0n, offset = 0n] = numbers;
  addId(ids, Number(BigInt.asIntN(32, id)), Number(id >> 32n), index, 'mapping');
  const [hasFunctions = false, hasFilenames = false, hasLineNumbers = false, hasInlineFrames = false] = flags;
  return {
    start,
    limit,
    offset,
    file: strings.get(file, 'mapping'),
    buildId: strings.get(buildId, 'mapping'),
    hasFunctions,
    hasFilenames,
    hasLineNumbers,
    hasInlineFrames,
  };
}

/** Halves instead of a bigint and five plain parameters: it runs for every record. */
export function addId(ids: IdTable, low: number, high: number, index: number, kind: string): void {
  if ((low | high) === 0) throw inconsistent(`${kind} number ${index} has the reserved id 0`);
  if (!ids.add(low, high, index)) throw inconsistent(`two ${kind}s have the same id ${bigUint64Of(low, high)}`);
}

export function readValueTypes(wire: WireReader, records: RecordList, strings: StringTable): SampleType[] {
  const types: SampleType[] = [];
  for (let i = 0; i < records.count; i++) {
    wire.enter(records.start[i] ?? 0, records.end[i] ?? 0);
    let type = 0;
    let unit = 0;
    while (wire.hasMore()) {
      wire.readTag();
      if (wire.field === 1) type = wire.signedField('sample type');
      else if (wire.field === 2) unit = wire.signedField('sample unit');
      else wire.skipField();
    }
    types.push({ type: strings.get(type, 'sample type'), unit: strings.get(unit, 'sample type') });
  }
  return types;
}
