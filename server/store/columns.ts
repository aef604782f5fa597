/** Numbers between are doubled without loss; larger ones take big integers, which are slow. */
const SAFE = 2 ** 52;

/** Numbers and texts one after another in bytes that don't say what they are: who reads them asks in the order of writing. */
export class ColumnWriter {
  private bytes = Buffer.alloc(1_024);
  private length = 0;

  /** 0 ≤ value < 2^53; small ones take little: seven bits a byte, lowest first, as in protocol buffers. */
  unsigned(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.push((rest % 0x80) | 0x80);
    this.push(rest);
  }

  /** |value| < 2^52; near 0 on either side is small: 0 -1 1 -2 become 0 1 2 3. */
  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** The same for 64 bits. */
  signed64(value: bigint): void {
    const near = Number(value);
    if (near > -SAFE && near < SAFE) {
      this.signed(near);
      return;
    }
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    for (; rest > Number.MAX_SAFE_INTEGER; rest >>= 7n) this.push(Number(rest & 0x7fn) | 0x80);
    this.unsigned(Number(rest));
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written; to be used before more is. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    this.bytes = Buffer.concat([this.bytes], Math.max(this.length + more, this.bytes.length * 2));
  }
}

/** Reads what a ColumnWriter wrote; throws where that can't be it. */
export class ColumnReader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  unsigned(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.next();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw new Error(`a number before byte ${this.at} is too large`);
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  signed64(): bigint {
    const start = this.at;
    while (this.next() >= 0x80)
      if (this.at - start > 9) throw new Error(`a number before byte ${this.at} is too large`);
    const end = this.at;
    this.at = start;
    if (end - start <= 7) return BigInt(this.signed());
    this.at = end;
    let value = 0n;
    for (let at = end - 1; at >= start; at--) value = (value << 7n) | BigInt((this.bytes[at] ?? 0) & 0x7f);
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }

  raw(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new Error(`it ends ${length} bytes before a text does`);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** To be called when everything is read. */
  expectEnd(): void {
    if (this.at < this.bytes.length) throw new Error(`${this.bytes.length - this.at} bytes follow its last entry`);
  }

  private next(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('it ends before its last entry does');
    return byte;
  }
}
