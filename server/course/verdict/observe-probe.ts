import type { Evidence } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import type { BenchRun } from './ports.ts';

/** Requests alone on fresh processes of baseline and candidate, in turns: both meet the same noise. */
export async function observeProbe(
  evidence: Evidence,
  { bench, exercise, seed, signal }: JudgeOptions,
): Promise<Evidence> {
  const probe = exercise.checks.probe;
  if (!probe) return evidence;
  const runs: BenchRun[] = [];
  const crash = (): string | null => runs.find(({ side }) => side === 'candidate')?.crash() ?? null;
  try {
    for (const side of ['baseline', 'candidate'] as const) runs.push(await bench.start(side, { downstreamFlags: [] }));
    const probes = await bench.probe(runs, { ...probe, seed, signal });
    return { ...evidence, probes, crash: crash() };
  } catch (cause) {
    signal.throwIfAborted();
    const ended = crash();
    if (ended === null) throw cause;
    return { ...evidence, crash: ended };
  } finally {
    await Promise.all(runs.map((run) => run.stop()));
  }
}
