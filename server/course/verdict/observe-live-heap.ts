import type { Evidence, Slice } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import { withRuns } from './with-runs.ts';

/**
 * Reads what is live after a collection, window by window, on fresh processes of all sides. They run side by side and not
 * in turns: what a service forgets by the clock must see time pass as its visitors do.
 */
export async function observeLiveHeap(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, signal } = options;
  const { liveHeap } = exercise.checks;
  if (!liveHeap) return evidence;
  const { rate, warmUp, windows, windowMillis: sliceMillis } = liveHeap;
  // Other visitors than the model met before: none of them may be known already.
  const load = {
    shape: 'default',
    rate,
    rounds: warmUp + windows,
    sliceMillis,
    seed: options.seed + 2,
    signal,
  } as const;
  return withRuns(evidence, options, ['baseline', 'candidate', 'reference'], async (runs) => {
    const slices = await allOf(runs.map((run) => bench.measure([run], { ...load, heap: true })));
    return {
      ...evidence,
      liveHeap: { warmUp, slices: slices.flat() },
    };
  });
}

/** Waits for all, also when one failed: nothing may still be sending when the processes are stopped. */
async function allOf(measured: readonly Promise<Slice[]>[]): Promise<Slice[][]> {
  await Promise.allSettled(measured);
  return Promise.all(measured);
}
