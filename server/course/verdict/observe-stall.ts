import type { Evidence } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import type { BenchRun } from './ports.ts';
import { withRuns } from './with-runs.ts';

/** Long jobs of fresh baseline and candidate, in turns, while small requests keep coming. */
export async function observeStall(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, seed, signal } = options;
  const { stall } = exercise.checks;
  if (!stall) return evidence;
  return withRuns(evidence, options, ['baseline', 'candidate'], async (runs) => {
    const before = await Promise.all(runs.map(readMutexWait));
    const jobs = await bench.stall(runs, { ...stall, seed: seed + 4, signal });
    const after = await Promise.all(runs.map(readMutexWait));
    const waited = runs.map(({ side }, index) => [side, (after[index] ?? 0) - (before[index] ?? 0)]);
    return { ...evidence, stall: { jobs, mutexWaitSeconds: Object.fromEntries(waited) } };
  });
}

/** Seconds so far that goroutines stood at mutexes (runtime/metrics). */
async function readMutexWait(run: BenchRun): Promise<number> {
  const { runtime } = await run.metrics();
  return runtime['/sync/mutex/wait/total:seconds'] ?? 0;
}
