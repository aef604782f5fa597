import type { SampleType } from '../../protocol/index.ts';
import type { ProfileFunction } from './profile.ts';

/**
 * Values of one sample type summed by call path of functions (inlined ones expanded), leaf first: what trees and tables are
 * computed from, whether it comes from one profile in memory or from a store.
 *
 *     main.a;main.b 10      functions: [main.b, main.a]   start: [0, 2, 3]
 *     main.a 5              frame:     [0, 1, 1]          values: [10n, 5n]
 */
export interface StackSums {
  readonly type: SampleType;
  readonly functions: readonly ProfileFunction[];
  /**
   * What patterns find function i by: its name and file as the profile has them and the file of its mapping, in so far as there
   * are any. A function that lies in two mappings is two then. Absent: name and file.
   */
  readonly texts?: readonly (readonly string[])[];
  /** Functions of stack i, leaf first: `frame[start[i] .. start[i+1])`, with the line in `line`. */
  readonly start: Uint32Array;
  readonly frame: Uint32Array;
  readonly line: Float64Array;
  readonly values: BigInt64Array;
  readonly window: WindowSummary;
}

/** `from`, `to`: Unix milliseconds, null = unknown. `requests` null as soon as one of the profiles doesn't know. */
export interface WindowSummary {
  readonly from: number | null;
  readonly to: number | null;
  readonly profiles: number;
  readonly requests: number | null;
  readonly durationNanos: bigint;
}

/** Consecutive windows that are taken together. */
export interface WindowBlock {
  /** Start of the first one, Unix milliseconds. */
  readonly from: number;
  readonly profiles: number;
  readonly requests: number | null;
  readonly durationNanos: bigint;
}

/**
 * Sums by stack of each block of windows, in the order of time: what intervals over windows are computed from. Cell i says
 * that stack `stack[i]` of `sums` has `value[i]` in block `block[i]`; what is 0 has no cell. Beyond 2^53 a cell is rounded.
 */
export interface BlockSums {
  readonly sums: StackSums;
  readonly blocks: readonly WindowBlock[];
  readonly block: Uint32Array;
  readonly stack: Uint32Array;
  readonly value: Float64Array;
}
