/**
 * Which of these p-values are discoveries when at most `rate` of the discoveries may be false (Benjamini & Hochberg 1995):
 * sorted, all up to the last one that lies under its step.
 *
 *     p  0.001 0.03 0.04 0.9    rate 5 %    steps  0.0125 0.025 0.0375 0.05    →  true false false false
 */
export function discoveries(p: readonly number[], rate: number): boolean[] {
  const sorted = p.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((value, i) => value <= (rate * (i + 1)) / p.length);
  const most = last < 0 ? Number.NEGATIVE_INFINITY : (sorted[last] ?? 0);
  return p.map((value) => value <= most);
}
