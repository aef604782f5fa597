/** A typed array that grows at its end; `set` and `get` work like on an array, indices below `length` only. */
export class GrowingNumbers<A extends Int32Array | Float64Array> {
  length = 0;
  private data: A;
  private readonly allocate: (length: number) => A;

  constructor(allocate: (length: number) => A) {
    this.allocate = allocate;
    this.data = allocate(64);
  }

  push(value: number): void {
    this.reserve(this.length + 1);
    this.data[this.length++] = value;
  }

  pushAll(values: ArrayLike<number>): void {
    this.reserve(this.length + values.length);
    this.data.set(values, this.length);
    this.length += values.length;
  }

  /** 0 beyond the end. */
  get(index: number): number {
    return this.data[index] ?? 0;
  }

  /** Grows up to `index`; what lies between is 0. */
  set(index: number, value: number): void {
    this.reserve(index + 1);
    if (index >= this.length) this.length = index + 1;
    this.data[index] = value;
  }

  truncate(length: number): void {
    this.data.fill(0, length, this.length);
    this.length = length;
  }

  private reserve(length: number): void {
    if (length <= this.data.length) return;
    const grown = this.allocate(Math.max(length, this.data.length * 2));
    grown.set(this.data);
    this.data = grown;
  }
}

export const growingInts = (): GrowingNumbers<Int32Array> => new GrowingNumbers((length) => new Int32Array(length));
export const growingFloats = (): GrowingNumbers<Float64Array> =>
  new GrowingNumbers((length) => new Float64Array(length));
