import type { ExerciseFile, Gate, ServiceMetrics, SignalCondition, Verdict } from '../../../protocol/index.ts';
import type { Clock } from '../../clock.ts';
import { decideVerdict } from './decide.ts';
import { areEnough, MOST_ROUNDS } from './enough-rounds.ts';
import { type Evidence, NO_EVIDENCE, type Side } from './evidence.ts';
import { computeGates, faultsOf } from './gates.ts';
import { observeAfterBurst } from './observe-after-burst.ts';
import { observeBurst } from './observe-burst.ts';
import { observeCollector } from './observe-collector.ts';
import { observeLeftovers } from './observe-leftovers.ts';
import { observeLiveHeap } from './observe-live-heap.ts';
import { observeProbe } from './observe-probe.ts';
import { observeStall } from './observe-stall.ts';
import type { BenchRun, MeasureOptions, TwinBench } from './ports.ts';
import { computeSignal, holds } from './signals.ts';
import { candidateOf, crashOf, withRuns } from './with-runs.ts';

export interface JudgeOptions {
  readonly slug: string;
  readonly exercise: ExerciseFile;
  readonly bench: TwinBench;
  readonly seed: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  report(progress: { phase: string; gates: Gate[] }): void;
}

const HELDOUT_REQUESTS = 1_500;
const SCALING_ROUNDS = 6;

/**
 * Tries a candidate phase by phase, cheapest proof of a lie first, and stops as soon as the verdict is sure. Every phase
 * adds to the evidence; the verdict is computed from the evidence alone.
 */
export async function judgeCandidate(options: JudgeOptions): Promise<Verdict> {
  const { exercise, clock, bench } = options;
  const started = clock.now();
  let evidence: Evidence = {
    ...NO_EVIDENCE,
    instruments: { ...NO_EVIDENCE.instruments, changedFiles: bench.changedInstruments },
  };
  for (const [phase, run] of phasesOf(exercise)) {
    options.report({ phase, gates: computeGates(evidence, exercise) });
    evidence = await run(evidence, options);
    options.signal.throwIfAborted();
    if (isSure(evidence, exercise)) break;
  }
  const verdict = decideVerdict(evidence, exercise, {
    slug: options.slug,
    seed: options.seed,
    millis: clock.now() - started,
  });
  options.report({ phase: 'done', gates: verdict.gates });
  return verdict;
}

type Phase = (evidence: Evidence, options: JudgeOptions) => Promise<Evidence>;

/**
 * Runs after the load, by the key of `checks` that asks for them; `seen`: where their evidence is. They are short and may carry the
 * symptom: costs that are over their budgets don't leave them out.
 */
const SHORT_RUNS = [
  { check: 'scaling', seen: 'scaling', title: 'four times the size', run: observeScaling },
  {
    check: 'leftovers',
    seen: 'leftovers',
    title: 'what stays when requests have ended',
    run: observeLeftoversOfFresh,
  },
  { check: 'liveHeap', seen: 'liveHeap', title: 'live heap, window by window', run: observeLiveHeap },
  {
    check: 'afterBurst',
    seen: 'afterBurst',
    title: 'live heap after a burst of huge requests',
    run: observeAfterBurst,
  },
  { check: 'burst', seen: 'bursts', title: 'ten times the load', run: observeBurst },
  { check: 'collector', seen: 'collector', title: 'the collector at work', run: observeCollector },
] as const satisfies readonly {
  check: keyof ExerciseFile['checks'];
  seen: keyof Evidence;
  title: string;
  run: Phase;
}[];

function phasesOf(exercise: ExerciseFile): [string, Phase][] {
  const phases: [string, Phase][] = [
    [`behaviour: ${exercise.checks.behaviour.requests} randomised requests`, observeBehaviour],
  ];
  if (exercise.checks.probe) phases.push(['one request at a time', observeProbe]);
  if (exercise.checks.stall) phases.push(['small requests beside long jobs', observeStall]);
  phases.push(['interleaved load on baseline, candidate and reference', observeCost]);
  for (const { check, title, run } of SHORT_RUNS) if (exercise.checks[check]) phases.push([title, run]);
  // It takes seconds, and who is too slow, or leaves the symptom, isn't judged by it.
  if (exercise.checks.race) phases.push(['go test -race', observeRace]);
  phases.push(['held-out load', observeHeldout]);
  return phases;
}

/** A failed gate settles the verdict, except G3 and G4 while what tells the wrong fixes apart is still to come. */
function isSure(evidence: Evidence, exercise: ExerciseFile): boolean {
  const failed = computeGates(evidence, exercise).filter((gate) => gate.pass === false);
  if (failed.length === 0) return evidence.crash !== null;
  const isCostly = failed.every((gate) => gate.id === 'G3' || gate.id === 'G4');
  const isAhead = SHORT_RUNS.some(({ check, seen }) => exercise.checks[check] && evidence[seen] === null);
  if (isCostly && isAhead) return false;
  return !isCostly || !Object.values(exercise.wrong).some((wrong) => couldStillBe(evidence, wrong.when));
}

/** All that was seen of a wrong fix's signals fits, and some are still to be seen. */
function couldStillBe(evidence: Evidence, when: readonly SignalCondition[]): boolean {
  const ahead = when.filter(({ signal }) => computeSignal(evidence, signal) === null);
  return ahead.length > 0 && when.every((condition) => ahead.includes(condition) || holds(evidence, condition));
}

async function observeBehaviour(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, seed, signal } = options;
  const { requests, concurrency, downstreamFlags } = exercise.checks.behaviour;
  return withCandidate(evidence, options, { downstreamFlags }, async (run) => {
    const atStart = instrumentsSeen(evidence, run, await run.metrics());
    const behaviour = await bench.behave(run, { shape: 'default', requests, concurrency, seed, signal });
    return { ...evidence, behaviour, instruments: instrumentsSeen({ ...evidence, instruments: atStart }, run) };
  });
}

async function observeRace(evidence: Evidence, { bench, signal }: JudgeOptions): Promise<Evidence> {
  return { ...evidence, race: await bench.raceTest(signal) };
}

/** First profiles, which also warms the processes up (caches fill, patterns compile), then counts on the same traffic. */
async function observeCost(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, seed, signal } = options;
  const { verdictRate, rounds, sliceMillis } = exercise.load;
  return withRuns(evidence, options, ['baseline', 'candidate', 'reference'], async (runs) => {
    const load = { shape: 'default', rate: verdictRate, sliceMillis, seed, signal } as const;
    for (const run of runs) run.startProfiling();
    const before = await readAll(runs);
    const profiledSlices = await bench.measure(runs, { ...load, rounds });
    const after = await readAll(runs);
    await Promise.all(runs.map((run) => run.stopProfiling()));
    const slices = await bench.measure(runs, { ...load, ...asLongAsNeeded(exercise) });
    const instruments = instrumentsSeen(evidence, candidateOf(runs), after.get('candidate'));
    return { ...evidence, instruments, slices, profiledSlices, ...readingsOf(runs, before, after) };
  });
}

async function observeScaling(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, seed, signal } = options;
  const { sliceMillis } = exercise.load;
  const rate = Math.max(60, exercise.load.verdictRate / 10);
  return withCandidate(evidence, options, { downstreamFlags: [] }, async (run) => {
    const common = { rate, rounds: SCALING_ROUNDS, sliceMillis, seed, signal };
    const small = await bench.measure([run], { ...common, shape: 'small' });
    const large = await bench.measure([run], { ...common, shape: 'large' });
    return { ...evidence, scaling: { small, large } };
  });
}

async function observeLeftoversOfFresh(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  return withCandidate(evidence, options, { downstreamFlags: [] }, (run) => observeLeftovers(evidence, run, options));
}

async function observeHeldout(evidence: Evidence, options: JudgeOptions): Promise<Evidence> {
  const { bench, exercise, signal } = options;
  const { downstreamFlags, concurrency } = exercise.checks.behaviour;
  const seed = options.seed + 1;
  const start = { downstreamFlags };
  return withCandidate(evidence, options, start, async (run) => {
    const load = { shape: 'heldout', requests: HELDOUT_REQUESTS, concurrency: concurrency * 2, seed, signal } as const;
    const behaviour = await bench.behave(run, load);
    if (faultsOf(behaviour) > 0 || exercise.checks.budget.length === 0)
      return { ...evidence, heldout: { behaviour, slices: [] } };
    return { ...evidence, heldout: { behaviour, slices: await measureHeldout(options, seed) } };
  });
}

async function measureHeldout({ bench, exercise, signal }: JudgeOptions, seed: number): Promise<Evidence['slices']> {
  const runs: BenchRun[] = [];
  try {
    for (const side of ['candidate', 'reference'] as const) runs.push(await bench.start(side, { downstreamFlags: [] }));
    const { verdictRate: rate, sliceMillis } = exercise.load;
    const load = { shape: 'heldout', rate, sliceMillis, seed, signal } as const;
    return await bench.measure(runs, { ...load, ...asLongAsNeeded(exercise) });
  } finally {
    await Promise.all(runs.map((run) => run.stop()));
  }
}

/** A cost that nobody can doubt is measured briefly, an unsure one longer. */
function asLongAsNeeded({ checks }: ExerciseFile): Pick<MeasureOptions, 'rounds' | 'enough'> {
  return { rounds: MOST_ROUNDS, enough: (slices) => areEnough(slices, checks) };
}

/** Runs `observe` on a fresh candidate. One that doesn't get ready, or ends under the load, is evidence, not an error. */
async function withCandidate(
  evidence: Evidence,
  { bench, signal, clock }: JudgeOptions,
  start: Parameters<TwinBench['start']>[1],
  observe: (run: BenchRun) => Promise<Evidence>,
): Promise<Evidence> {
  let run: BenchRun | null = null;
  try {
    run = await bench.start('candidate', start);
    const seen = await observe(run);
    return { ...seen, crash: await crashOf(run, clock) };
  } catch (cause) {
    signal.throwIfAborted();
    const crash = run ? await crashOf(run, clock) : messageOf(cause);
    if (crash === null) throw cause;
    return { ...evidence, crash };
  } finally {
    await run?.stop();
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

async function readAll(runs: readonly BenchRun[]): Promise<Map<Side, ServiceMetrics>> {
  const readings = await Promise.all(runs.map(async (run) => [run.side, await run.metrics()] as const));
  return new Map(readings);
}

function readingsOf(
  runs: readonly BenchRun[],
  before: ReadonlyMap<Side, ServiceMetrics>,
  after: ReadonlyMap<Side, ServiceMetrics>,
): Pick<Evidence, 'profiles' | 'metrics'> {
  const profiles: Record<Side, BenchProfiles> = {
    baseline: new Map(),
    candidate: new Map(),
    reference: new Map(),
  };
  const metrics: Partial<Record<Side, { before: ServiceMetrics; after: ServiceMetrics }>> = {};
  for (const run of runs) {
    profiles[run.side] = afterWarmUp(run.profiles());
    const first = before.get(run.side);
    const last = after.get(run.side);
    if (first && last) metrics[run.side] = { before: first, after: last };
  }
  return { profiles, metrics };
}

/** The first windows show start-up and what is done once. */
const WARM_UP_WINDOWS: Readonly<Record<string, number>> = { cpu: 2, allocs: 1, mutex: 1, block: 1 };

function afterWarmUp(profiles: BenchProfiles): BenchProfiles {
  return new Map([...profiles].map(([kind, windows]) => [kind, windows.slice(WARM_UP_WINDOWS[kind] ?? 0)]));
}

type BenchProfiles = ReturnType<BenchRun['profiles']>;

/** With what is so now: what is turned down, or started, in the middle of the load would hide its cost. */
function instrumentsSeen(
  { instruments }: Evidence,
  run: BenchRun | undefined,
  now?: ServiceMetrics,
): Evidence['instruments'] {
  const rates = now ? wrongRates(now) : [];
  return {
    ...instruments,
    rates: [...new Set([...instruments.rates, ...rates])],
    helpers: Math.max(instruments.helpers, run?.helpers() ?? 0),
  };
}

/** Rates as internal/serve sets them; the block rate can't be read back from the runtime. */
function wrongRates({ rates }: ServiceMetrics): string[] {
  const wrong: string[] = [];
  if (rates.memProfile !== 524_288) wrong.push(`runtime.MemProfileRate is ${rates.memProfile} instead of 524288`);
  if (rates.mutexFraction !== 5) wrong.push(`the mutex profile fraction is ${rates.mutexFraction} instead of 5`);
  return wrong;
}
