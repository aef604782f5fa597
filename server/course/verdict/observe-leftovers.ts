import { type Clock, pause } from '../../clock.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Evidence, Leftovers, Rest } from './evidence.ts';
import type { JudgeOptions } from './judge.ts';
import { countAtRest } from './leftovers.ts';
import type { BenchRun } from './ports.ts';

/** Requests before the first look: what is started once, such as a pool of workers, is there by then. */
const WARM_UP_REQUESTS = 200;

/** Work that goes on after an answer has this long to end before anything is counted; what the candidate left, longer. */
const PAUSE_MILLIS = 300;
const SETTLE_MILLIS = 2_000;
const LOOK_MILLIS = 100;

/**
 * The same requests to a fresh baseline and the fresh candidate, and what is there before and after them. What ends by
 * itself within two seconds of the last answer isn't left.
 */
export async function observeLeftovers(
  evidence: Evidence,
  candidate: BenchRun,
  options: JudgeOptions,
): Promise<Evidence> {
  const baseline = await options.bench.start('baseline', { downstreamFlags: [] });
  try {
    const sides = [
      observeSide(baseline, options, PAUSE_MILLIS),
      observeSide(candidate, options, SETTLE_MILLIS),
    ] as const;
    await Promise.allSettled(sides); // when one fails, the other's traffic ends before its process does
    const [before, after] = await Promise.all(sides);
    return { ...evidence, leftovers: { baseline: before, candidate: after } };
  } finally {
    await baseline.stop();
  }
}

/** Seeds of its own: what was asked in the warm-up, or in an earlier run, isn't asked again. */
async function observeSide(run: BenchRun, options: JudgeOptions, settleMillis: number): Promise<Leftovers> {
  const { bench, exercise, seed, signal, clock } = options;
  const { shape = 'default', requests = 0, concurrency = 1 } = exercise.checks.leftovers ?? {};
  const load = { shape, concurrency, signal };
  await bench.behave(run, { ...load, requests: WARM_UP_REQUESTS, seed: seed + 2 });
  const first = await readRest(run, { clock, millis: PAUSE_MILLIS, enough: 0 });
  const before = { ...first, objects: (await run.metrics()).counters.objects };
  const behaviour = await bench.behave(run, { ...load, requests, seed: seed + 3 });
  const enough = countAtRest(before.goroutines).total;
  return { behaviour, before, after: await readRest(run, { clock, millis: settleMillis, enough }) };
}

interface Looks {
  readonly clock: Clock;
  readonly millis: number;
  /** So few goroutines that there is nothing more to wait for. */
  readonly enough: number;
}

/** Looking allocates: what was allocated is read first. Two collections, as what lies in a sync.Pool survives one. */
async function readRest(run: BenchRun, looks: Looks): Promise<Rest> {
  const { counters } = await run.metrics();
  const goroutines = await readFewest(run, looks);
  await run.collectGarbage();
  await run.collectGarbage();
  const { runtime } = await run.metrics();
  return { objects: counters.objects, goroutines, liveBytes: runtime['/gc/heap/live:bytes'] ?? 0 };
}

/** Of several looks the one with the fewest goroutines: now and then one is just starting or about to end. */
async function readFewest(run: BenchRun, { clock, millis, enough }: Looks): Promise<Profile> {
  const until = clock.now() + millis;
  let fewest = await run.goroutines();
  while (countAtRest(fewest).total > enough && clock.now() < until) {
    await pause(clock, LOOK_MILLIS);
    const seen = await run.goroutines();
    if (countAtRest(seen).total < countAtRest(fewest).total) fewest = seen;
  }
  return fewest;
}
