import type { ServiceMetrics } from '../../../protocol/index.ts';
import type { Clock } from '../../clock.ts';
import type { Evidence } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import type { BenchRun } from './ports.ts';
import { candidateOf, withRuns } from './with-runs.ts';

/** A heap that is at its highest for a moment is seen, or nearly. */
const READING_MILLIS = 100;

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

/** Reads again and again until `end` is settled, and once more then. */
async function readUntil(end: Promise<unknown>, run: BenchRun, clock: Clock): Promise<ServiceMetrics[]> {
  let isOver = false;
  const over = end.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  const readings: ServiceMetrics[] = [];
  while (!isOver) {
    readings.push(await run.metrics());
    await Promise.race([over, new Promise<void>((resolve) => void clock.after(READING_MILLIS, resolve))]);
  }
  return [...readings, await run.metrics()];
}
