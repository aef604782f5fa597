import type { AfterBurst, Evidence } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import type { BenchRun } from './ports.ts';
import { readUntil } from './read-until.ts';
import { withRuns } from './with-runs.ts';

/** Windows before the burst are short: only what is usual is read there. */
const BEFORE_ROUNDS = 2;
const BEFORE_MILLIS = 150;

/** The first takes what lies in a sync.Pool aside, the second lets go of it; one more for what only then is garbage. */
const EMPTYING_COLLECTIONS = 3;

/**
 * Small requests to fresh processes of baseline and candidate, then a burst of huge ones, then small ones again; what is live is
 * read after one collection a window. One and not two: what lies in a sync.Pool survives a collection, and the next only if
 * it was used in between, so that two in a row would empty any pool.
 */
export async function observeAfterBurst(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  if (!options.exercise.checks.afterBurst) return evidence;
  return withRuns(evidence, options, ['baseline', 'candidate'], async (runs) => {
    const sides = runs.map(async (run) => [run.side, await observeSide(run, options)] as const);
    await Promise.allSettled(sides); // when one fails, the other's traffic ends before its process does
    const seen = new Map(await Promise.all(sides));
    const [baseline, candidate] = [seen.get('baseline'), seen.get('candidate')];
    return baseline && candidate ? { ...evidence, afterBurst: { baseline, candidate } } : evidence;
  });
}

async function observeSide(run: BenchRun, options: JudgeOptions): Promise<AfterBurst> {
  const { bench, exercise, seed, signal, clock } = options;
  const { afterBurst } = exercise.checks;
  if (!afterBurst) throw new Error('only with checks.afterBurst');
  const { rate, requests, concurrency, windows, windowMillis } = afterBurst;
  const small = { shape: 'small', rate, signal, heap: true } as const;
  const before = await bench.measure([run], {
    ...small,
    rounds: BEFORE_ROUNDS,
    sliceMillis: BEFORE_MILLIS,
    seed: seed + 2,
  });
  const burst = async (): Promise<Pick<AfterBurst, 'behaviour' | 'after'>> => {
    const behaviour = await bench.behave(run, { shape: 'huge', requests, concurrency, seed: seed + 3, signal });
    const after = await bench.measure([run], { ...small, rounds: windows, sliceMillis: windowMillis, seed: seed + 4 });
    return { behaviour, after };
  };
  const asked = burst();
  const [seen, readings] = await Promise.all([asked, readUntil(asked, run, clock)]);
  for (let turn = 0; turn < EMPTYING_COLLECTIONS; turn += 1) await run.collectGarbage();
  return { before, ...seen, readings, atRest: await run.metrics() };
}
