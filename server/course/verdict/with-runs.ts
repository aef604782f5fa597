import type { Evidence, Side } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import type { BenchRun } from './ports.ts';

/** Runs `observe` on fresh processes of these sides. What else the candidate runs, and its end under the load, are evidence. */
export async function withRuns(
  evidence: Evidence,
  { bench, signal }: JudgeOptions,
  sides: readonly Side[],
  observe: (runs: readonly BenchRun[]) => Promise<Evidence>,
): Promise<Evidence> {
  const runs: BenchRun[] = [];
  const crash = (): string | null => candidateOf(runs)?.crash() ?? null;
  try {
    for (const side of sides) runs.push(await bench.start(side, { downstreamFlags: [] }));
    const seen = await observe(runs);
    const helpers = Math.max(seen.instruments.helpers, candidateOf(runs)?.helpers() ?? 0);
    return { ...seen, instruments: { ...seen.instruments, helpers }, crash: crash() };
  } catch (cause) {
    signal.throwIfAborted();
    const ended = crash();
    if (ended === null) throw cause;
    return { ...evidence, crash: ended };
  } finally {
    await Promise.all(runs.map((run) => run.stop()));
  }
}

export const candidateOf = (runs: readonly BenchRun[]): BenchRun | undefined =>
  runs.find(({ side }) => side === 'candidate');
