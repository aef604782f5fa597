import type { Evidence } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import { readUntil } from './read-until.ts';
import { candidateOf, withRuns } from './with-runs.ts';

/** What the runtime of a fresh candidate says of itself under traffic, while nothing is profiled and nobody else orders a collection. */
export async function observeCollector(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, seed, signal, clock } = options;
  const { collector } = exercise.checks;
  if (!collector) return evidence;
  const { rate, windows: rounds, windowMillis: sliceMillis } = collector;
  return withRuns(evidence, options, ['candidate'], async (runs) => {
    const run = candidateOf(runs);
    if (!run) return evidence;
    const traffic = bench.measure(runs, { shape: 'default', rate, rounds, sliceMillis, seed: seed + 4, signal });
    const [slices, readings] = await Promise.all([traffic, readUntil(traffic, run, clock)]);
    return { ...evidence, collector: { slices, readings } };
  });
}
