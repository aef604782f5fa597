import type { Evidence } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import { withRuns } from './with-runs.ts';

/** Ten times the load on fresh processes of baseline and candidate, side by side: both meet the same noise. */
export async function observeBurst(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, signal } = options;
  const { burst } = exercise.checks;
  if (!burst) return evidence;
  return withRuns(evidence, options, ['baseline', 'candidate'], async (runs) => {
    const bursts = await bench.burst(runs, { ...burst, seed: options.seed + 3, signal });
    return { ...evidence, bursts };
  });
}
