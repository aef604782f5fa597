/** Columns of numbers in one buffer, so that this one alone is handed to another thread: each buffer costs both as much as kilobytes. */
export interface PackedColumns {
  readonly buffer: ArrayBuffer;
  /** Elements of each column. */
  readonly lengths: readonly number[];
}

type Column = Int32Array | Uint32Array | Float64Array | BigUint64Array | BigInt64Array | Uint8Array;

/** Columns may begin at multiples of this, whatever their numbers. */
const ALIGNMENT = 8;

/**
 *     Int32Array 1 2 3 │ 4 bytes of nothing │ Float64Array … │ …
 */
export function packColumns(columns: readonly Column[]): PackedColumns {
  const lengths: number[] = [];
  let bytes = 0;
  for (const column of columns) {
    lengths.push(column.length);
    bytes += alignedLength(column.byteLength);
  }
  const buffer = new ArrayBuffer(bytes);
  const all = new Uint8Array(buffer);
  let next = 0;
  for (const { buffer: from, byteOffset, byteLength } of columns) {
    all.set(new Uint8Array(from, byteOffset, byteLength), next);
    next += alignedLength(byteLength);
  }
  return { buffer, lengths };
}

/** The columns again, as views, in the order of their packing. */
export class ColumnUnpacker {
  private readonly packed: PackedColumns;
  private next = 0;
  private offset = 0;

  constructor(packed: PackedColumns) {
    this.packed = packed;
  }

  int32(): Int32Array {
    const [length, offset] = [this.nextLength(), this.offset];
    this.offset += alignedLength(4 * length);
    return new Int32Array(this.packed.buffer, offset, length);
  }

  uint32(): Uint32Array {
    const [length, offset] = [this.nextLength(), this.offset];
    this.offset += alignedLength(4 * length);
    return new Uint32Array(this.packed.buffer, offset, length);
  }

  uint8(): Uint8Array {
    const [length, offset] = [this.nextLength(), this.offset];
    this.offset += alignedLength(length);
    return new Uint8Array(this.packed.buffer, offset, length);
  }

  float64(): Float64Array {
    const [length, offset] = [this.nextLength(), this.offset];
    this.offset += alignedLength(8 * length);
    return new Float64Array(this.packed.buffer, offset, length);
  }

  bigInt64(): BigInt64Array {
    const [length, offset] = [this.nextLength(), this.offset];
    this.offset += alignedLength(8 * length);
    return new BigInt64Array(this.packed.buffer, offset, length);
  }

  bigUint64(): BigUint64Array {
    const [length, offset] = [this.nextLength(), this.offset];
    this.offset += alignedLength(8 * length);
    return new BigUint64Array(this.packed.buffer, offset, length);
  }

  private nextLength(): number {
    return this.packed.lengths[this.next++] ?? 0;
  }
}

const alignedLength = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
