import { malformed } from './profile-errors.ts';

export const WIRE_VARINT = 0;
export const WIRE_FIXED64 = 1;
export const WIRE_BYTES = 2;
export const WIRE_FIXED32 = 5;

const TWO_POW_32 = 0x1_0000_0000;

/**
 * Reads protobuf wire format (protobuf.dev/programming-guides/encoding) by index: nothing is copied, nothing is allocated per
 * value, and nothing beyond `end` is looked at. A 64-bit value is left in `low` and `high`, two signed 32-bit halves.
 *
 *     08 96 01     field 1, wire type 0, value 150
 *     12 02 68 69  field 2, wire type 2, two bytes at position 2
 *
 * `readTag` leaves the field and its wire type; a field's payload is then either taken by one of the other calls or skipped.
 */
export class WireReader {
  private bytes: Uint8Array = new Uint8Array();
  position = 0;
  /** End of the record that is being read. */
  end = 0;
  field = 0;
  wireType = 0;
  low = 0;
  high = 0;

  open(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.enter(0, bytes.length);
  }

  /** Starts reading the record at [start, end). */
  enter(start: number, end: number): void {
    this.position = start;
    this.end = end;
  }

  hasMore(): boolean {
    return this.position < this.end;
  }

  readTag(): void {
    const first = this.position < this.end ? (this.bytes[this.position] ?? 0) : 0x80;
    if (first < 0x80) {
      this.position++;
      this.field = first >>> 3;
      this.wireType = first & 7;
      return;
    }
    this.readVarint();
    this.wireType = this.low & 7;
    this.field = this.high === 0 ? this.low >>> 3 : -1;
  }

  /** Leaves the value in `low` and `high`. Most varints of a profile take one or two bytes: those need no loop. */
  readVarint(): void {
    const { bytes, position, end } = this;
    const first = position < end ? (bytes[position] ?? 0) : 0x80;
    if (first < 0x80) {
      this.position = position + 1;
      this.low = first;
      this.high = 0;
      return;
    }
    const second = position + 1 < end ? (bytes[position + 1] ?? 0) : 0x80;
    if (second < 0x80) {
      this.position = position + 2;
      this.low = (first & 0x7f) | (second << 7);
      this.high = 0;
      return;
    }
    this.readLongVarint();
  }

  /** At most ten bytes; bits beyond the 64th are dropped, as google/pprof does. */
  private readLongVarint(): void {
    const { bytes, end } = this;
    const start = this.position;
    let position = start;
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (position >= end || shift === 70) throw malformed(start, 'a varint that does not end');
      const byte = bytes[position++] ?? 0;
      const bits = byte & 0x7f;
      if (shift <= 28) low |= bits << shift;
      if (shift === 28) high = bits >>> 4;
      else if (shift > 28) high |= bits << (shift - 32);
      if (byte < 0x80) break;
    }
    this.position = position;
    this.low = low;
    this.high = high;
  }

  /** A varint as a number; inexact from 2^53, which no index, length or line number reaches. */
  readUnsigned(): number {
    this.readVarint();
    return this.high === 0 ? this.low >>> 0 : (this.high >>> 0) * TWO_POW_32 + (this.low >>> 0);
  }

  readSigned(): number {
    this.readVarint();
    return this.high === 0 && this.low >= 0 ? this.low : this.high * TWO_POW_32 + (this.low >>> 0);
  }

  /** The payload of the varint field just announced, left in `low` and `high`. */
  varintField(what: string): void {
    this.expect(WIRE_VARINT, what);
    this.readVarint();
  }

  signedField(what: string): number {
    this.expect(WIRE_VARINT, what);
    return this.readSigned();
  }

  flagField(what: string): boolean {
    this.varintField(what);
    return (this.low | this.high) !== 0;
  }

  bigIntField(what: string): bigint {
    this.varintField(what);
    return BigInt.asIntN(64, bigUint64Of(this.low, this.high));
  }

  /** The length of a length-delimited field; its bytes start at `position` and are inside the record. */
  readLength(): number {
    const start = this.position;
    const length = this.readUnsigned();
    if (length > this.end - this.position) {
      throw malformed(start, `a field of ${length} bytes where ${this.end - this.position} are left`);
    }
    return length;
  }

  skipField(): void {
    if (this.wireType === WIRE_VARINT) this.readVarint();
    else if (this.wireType === WIRE_BYTES) this.skipBytes(this.readLength());
    else if (this.wireType === WIRE_FIXED64) this.skipBytes(8);
    else if (this.wireType === WIRE_FIXED32) this.skipBytes(4);
    else throw malformed(this.position, `unknown wire type ${this.wireType}`);
  }

  /** Holds the field just announced to `wireType`. */
  expect(wireType: number, what: string): void {
    if (this.wireType !== wireType) {
      throw malformed(this.position, `${what} has wire type ${this.wireType}, expected ${wireType}`);
    }
  }

  private skipBytes(count: number): void {
    if (count > this.end - this.position) throw malformed(this.position, `a field of ${count} bytes is cut off`);
    this.position += count;
  }
}

export function bigUint64Of(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
