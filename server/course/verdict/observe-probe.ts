import type { Evidence } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import { withRuns } from './with-runs.ts';

/** Requests alone on fresh processes of baseline and candidate, in turns: both meet the same noise. */
export async function observeProbe(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, seed, signal } = options;
  const probe = exercise.checks.probe;
  if (!probe) return evidence;
  return withRuns(evidence, options, ['baseline', 'candidate'], async (runs) => ({
    ...evidence,
    probes: await bench.probe(runs, { ...probe, seed, signal }),
  }));
}
