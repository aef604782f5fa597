/** One measured figure, as `npm run bench -- --json` prints it. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** Median of the runs; null when it can't be measured here, and then `why` says so. */
  readonly value: number | null;
  readonly unit: string;
  /** What it is compared with, measured in the same run, in the same unit; null for a figure that stands alone. */
  readonly reference: { readonly title: string; readonly value: number } | null;
  /** How the figure stands to its reference, in the direction that `must` means. */
  readonly ratio: number | null;
  /** The bound in words: `≥ 6 × faster`. */
  readonly must: string;
  readonly ok: boolean;
  /** The value of each run. */
  readonly runs: readonly number[];
  readonly why?: string;
}

/** The smallest value that at least this share of the values don't exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The middle one of sorted numbers; the lower middle of an even count. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}
