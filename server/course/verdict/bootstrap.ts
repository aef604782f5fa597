/** Numerator and denominator of one side in one round, e.g. objects and requests. */
export interface Part {
  readonly amount: number;
  readonly count: number;
}

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const REPLICATES = 1_000;

/**
 * Ratio of two per-request quantities with its 95 % percentile bootstrap interval (Efron & Tibshirani, An Introduction to
 * the Bootstrap, ch. 13). Rounds are drawn with replacement, and both sides of a round together: they met the same noise.
 *
 *     round      0        1            ratio = (Σ a.amount / Σ a.count) / (Σ b.amount / Σ b.count)
 *     a       80/1     160/2                 = (240/3) / (600/3) = 0.4
 *     b      200/1     400/2
 *
 * Null without rounds, or when a sum is 0 where it divides.
 */
export function bootstrapRatio(a: readonly Part[], b: readonly Part[], random: () => number): Interval | null {
  const rounds = Math.min(a.length, b.length);
  const estimate = ratioOf(a, b, rounds, (round) => round);
  if (estimate === null) return null;
  const replicates: number[] = [];
  const drawn = new Uint32Array(rounds);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    for (let round = 0; round < rounds; round++) drawn[round] = Math.floor(random() * rounds);
    const ratio = ratioOf(a, b, rounds, (round) => drawn[round] ?? 0);
    if (ratio !== null) replicates.push(ratio);
  }
  replicates.sort((x, y) => x - y);
  const at = (q: number): number =>
    replicates[Math.min(replicates.length - 1, Math.floor(q * replicates.length))] ?? estimate;
  return { estimate, low: at(0.025), high: at(0.975) };
}

function ratioOf(
  a: readonly Part[],
  b: readonly Part[],
  rounds: number,
  pick: (round: number) => number,
): number | null {
  let aAmount = 0;
  let aCount = 0;
  let bAmount = 0;
  let bCount = 0;
  for (let round = 0; round < rounds; round++) {
    const partA = a[pick(round)];
    const partB = b[pick(round)];
    if (!partA || !partB) continue;
    aAmount += partA.amount;
    aCount += partA.count;
    bAmount += partB.amount;
    bCount += partB.count;
  }
  if (aCount <= 0 || bCount <= 0 || bAmount <= 0) return null;
  return aAmount / aCount / (bAmount / bCount);
}
