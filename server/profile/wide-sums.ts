const TWO_POW_32 = 0x1_0000_0000;
/** Numbers of JSON are exact up to here. */
export const LARGEST_EXACT = 2 ** 53;

/** Computed numbers on their way into JSON: what is beyond ±2^53 is that, and `saturated` says so. */
export class JsonNumbers {
  saturated = false;

  of(value: number): number {
    if (Math.abs(value) <= LARGEST_EXACT) return value;
    this.saturated = true;
    return Math.sign(value) * LARGEST_EXACT;
  }
}

/**
 * A column of sums of int64 values that can't overflow and never loses a unit: each is hi · 2^32 + lo with lo in [0, 2^32).
 * Only on the way out, as a JSON number, does a sum beyond ±2^53 saturate, and `saturated` says so.
 */
export class WideSums {
  saturated = false;
  private readonly hi: Float64Array;
  private readonly lo: Float64Array;

  constructor(length: number) {
    this.hi = new Float64Array(length);
    this.lo = new Float64Array(length);
  }

  get length(): number {
    return this.hi.length;
  }

  static of(values: BigInt64Array): WideSums {
    const sums = new WideSums(values.length);
    const low = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
    const high = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    for (let i = 0; i < values.length; i++) {
      sums.lo[i] = low[2 * i] ?? 0;
      sums.hi[i] = high[2 * i + 1] ?? 0;
    }
    return sums;
  }

  /** this[index] += other[from] */
  add(index: number, other: WideSums, from: number): void {
    const lo = (this.lo[index] ?? 0) + (other.lo[from] ?? 0);
    const carry = lo >= TWO_POW_32 ? 1 : 0;
    this.lo[index] = lo - carry * TWO_POW_32;
    this.hi[index] = (this.hi[index] ?? 0) + (other.hi[from] ?? 0) + carry;
  }

  /** Order of two sums, exact whatever their size. */
  compare(one: number, other: number): number {
    return (this.hi[one] ?? 0) - (this.hi[other] ?? 0) || (this.lo[one] ?? 0) - (this.lo[other] ?? 0);
  }

  /** For comparing: rounded beyond 2^53. */
  magnitude(index: number): number {
    return Math.abs(this.rounded(index));
  }

  toNumber(index: number): number {
    const rounded = this.rounded(index);
    if (Math.abs(rounded) < LARGEST_EXACT) return rounded;
    const exact = BigInt(this.hi[index] ?? 0) * BigInt(TWO_POW_32) + BigInt(this.lo[index] ?? 0);
    if (exact !== BigInt(Math.sign(rounded) * LARGEST_EXACT)) this.saturated = true;
    return Math.sign(rounded) * LARGEST_EXACT;
  }

  toNumbers(): number[] {
    const numbers: number[] = [];
    for (let index = 0; index < this.length; index++) numbers.push(this.toNumber(index));
    return numbers;
  }

  /** Each divided by `divider`; those beyond 2^53 are rounded before, and saturate if they still are. */
  quotients(divider: number): number[] {
    if (divider === 1) return this.toNumbers();
    const numbers = new JsonNumbers();
    const quotients = Array.from({ length: this.length }, (_, index) => numbers.of(this.rounded(index) / divider));
    this.saturated ||= numbers.saturated;
    return quotients;
  }

  private rounded(index: number): number {
    return (this.hi[index] ?? 0) * TWO_POW_32 + (this.lo[index] ?? 0);
  }
}
