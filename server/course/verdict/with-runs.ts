import { type Clock, pause } from '../../clock.ts';
import type { Evidence, Side } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import type { BenchRun } from './ports.ts';

/** Runs `observe` on fresh processes of these sides. What else the candidate runs, and its end under the load, are evidence. */
export async function withRuns(
  evidence: Evidence,
  { bench, signal, clock }: JudgeOptions,
  sides: readonly Side[],
  observe: (runs: readonly BenchRun[]) => Promise<Evidence>,
): Promise<Evidence> {
  const runs: BenchRun[] = [];
  const crash = async (): Promise<string | null> => {
    const candidate = candidateOf(runs);
    return candidate ? crashOf(candidate, clock) : null;
  };
  try {
    for (const side of sides) runs.push(await bench.start(side, { downstreamFlags: [] }));
    const seen = await observe(runs);
    const helpers = Math.max(seen.instruments.helpers, candidateOf(runs)?.helpers() ?? 0);
    return { ...seen, instruments: { ...seen.instruments, helpers }, crash: await crash() };
  } catch (cause) {
    signal.throwIfAborted();
    const ended = await crash();
    if (ended === null) throw cause;
    return { ...evidence, crash: ended };
  } finally {
    await Promise.all(runs.map((run) => run.stop()));
  }
}

/**
 * Why a run has ended, or null while it runs. A process that panics lets go of its connections before it has ended for everybody:
 * one that doesn't answer is given a moment to say what it is.
 */
export async function crashOf(run: Pick<BenchRun, 'crash' | 'metrics'>, clock: Clock): Promise<string | null> {
  for (let turn = 0; turn < PATIENCE_TURNS; turn += 1) {
    const why = run.crash();
    if (why !== null) return why;
    const answers = await run.metrics().then(
      () => true,
      () => false,
    );
    if (answers) return null;
    await pause(clock, TURN_MILLIS);
  }
  return run.crash();
}

const PATIENCE_TURNS = 20;
const TURN_MILLIS = 50;

export const candidateOf = (runs: readonly BenchRun[]): BenchRun | undefined =>
  runs.find(({ side }) => side === 'candidate');
