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

interface ColumnType<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, offset: number, length: number): T;
}

/** The columns again, as views, in the order of their packing. */
export class ColumnUnpacker {
  private readonly packed: PackedColumns;
  private next = 0;
  private offset = 0;

  constructor(packed: PackedColumns) {
    this.packed = packed;
  }

  take<T>(View: ColumnType<T>): T {
    const length = this.packed.lengths[this.next++] ?? 0;
    const { offset } = this;
    this.offset += alignedLength(length * View.BYTES_PER_ELEMENT);
    return new View(this.packed.buffer, offset, length);
  }
}

const alignedLength = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
