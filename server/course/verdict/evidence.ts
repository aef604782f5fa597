import type { Counters, Invariant, ServiceMetrics, WrongAnswer } from '../../../protocol/index.ts';
import type { Profile } from '../../profile/profile.ts';

/** baseline: as found; candidate: the learner's; reference: the exercise's own solution, the yardstick of the budget. */
export type Side = 'baseline' | 'candidate' | 'reference';

/** One slice of interleaved traffic on one side; `before`, `after`: its counters with nothing in flight. */
export interface Slice {
  readonly side: Side;
  readonly round: number;
  readonly offered: number;
  readonly completed: number;
  readonly errors: number;
  readonly wrong: number;
  readonly before: Counters;
  readonly after: Counters;
  /** Only where it was asked for. */
  readonly heap?: HeapReading;
}

/**
 * What is live when a slice is over and its garbage collected. Of its visitors who had been there before, those who were back soon enough
 * to be known and those who were back when nobody has room for them any more; how many of each were known.
 */
export interface HeapReading {
  readonly liveBytes: number;
  readonly soon: number;
  readonly soonKnown: number;
  readonly late: number;
  readonly lateKnown: number;
}

/** What the scenario's reference model says of one series of requests. */
export interface BehaviourReport {
  readonly requests: number;
  readonly wrong: number;
  readonly errors: number;
  readonly examples: readonly WrongAnswer[];
  readonly invariants: readonly Invariant[];
  /** Most calls that the downstream service saw at once; null without one. */
  readonly callsInFlight: number | null;
}

/** One request that was alone on its service. */
export interface Probe {
  readonly side: Side;
  readonly millis: number;
  /** Whether a right answer came. */
  readonly ok: boolean;
  /** What it asked of the downstream service, and how much of that at once; null without one. */
  readonly calls: number | null;
  readonly callsInFlight: number | null;
}

/** Requests of a burst, or of the load before it. A refusal is 429 with Retry-After; `wrong` are other answers than the model's. */
export interface BurstPhase {
  readonly offered: number;
  readonly accepted: number;
  readonly refused: number;
  readonly wrong: number;
  readonly errors: number;
  readonly unanswered: number;
}

/** One side under a base load and then ten times as much. */
export interface Burst {
  readonly side: Side;
  readonly base: BurstPhase;
  readonly burst: BurstPhase;
  /** Most that there were for a tenth of a second, idle connections aside. */
  readonly mostGoroutines: number;
  readonly samples: number;
  /** Of all stacks, when the burst ended. */
  readonly stackBytes: number;
  /** Messages that the push provider counted; `each`: how many an accepted request takes. */
  readonly sent: number;
  readonly each: number;
  /** Of the provider's slots while the burst lasted, 0 to 1. */
  readonly capacityUsed: number;
  /** Calls at the provider. */
  readonly mostInLine: number;
  readonly examples: readonly WrongAnswer[];
}

/** One long job, and what each small request waited that was due a moment before it, during it or a moment after it. */
export interface LongJob {
  readonly side: Side;
  readonly millis: number;
  /** Milliseconds, of requests that only read and of the others. */
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** Requests, the job among them, without a right answer. */
  readonly faulty: number;
}

/** `not-compiling`: the tests don't fit the code any more, which says nothing about the code. */
export type RaceReport =
  | { readonly outcome: 'clean' | 'no-compiler' | 'not-compiling' }
  | { readonly outcome: 'failed'; readonly found: 'race' | 'failure'; readonly output: string };

/** What is there while no request is under way. */
export interface Rest {
  /** Allocated so far, when the last answer had come. */
  readonly objects: number;
  /** The goroutine profile. */
  readonly goroutines: Profile;
  /** Of the heap, after a collection. */
  readonly liveBytes: number;
}

/** One side before and after a series of requests that have all ended. */
export interface Leftovers {
  readonly behaviour: BehaviourReport;
  readonly before: Rest;
  readonly after: Rest;
}

/** One side around a burst of huge requests: small ones before and after it, in windows with heap readings. */
export interface AfterBurst {
  readonly before: readonly Slice[];
  readonly behaviour: BehaviourReport;
  readonly after: readonly Slice[];
  /** Of the runtime, from the burst on, oldest first. */
  readonly readings: readonly ServiceMetrics[];
  /** When nobody asks for anything any more, and garbage was collected until even a sync.Pool is empty. */
  readonly atRest: ServiceMetrics;
}

/** All that was observed so far; null = not reached. Gates and signals are computed from this and from nothing else. */
export interface Evidence {
  /** Files of the instruments (internal/serve) that differ, rates that are not as set, and other processes that worked for the candidate. */
  readonly instruments: {
    readonly changedFiles: readonly string[];
    readonly rates: readonly string[];
    readonly helpers: number;
  };
  /** Why the candidate's process ended without having been asked to; null while it runs. */
  readonly crash: string | null;
  readonly behaviour: BehaviourReport | null;
  readonly race: RaceReport | null;
  /** Counted while nothing was profiled: taking profiles allocates, and takes time. */
  readonly slices: readonly Slice[];
  /** What went on while `profiles` were taken, on the same processes, before that. */
  readonly profiledSlices: readonly Slice[];
  readonly profiles: Readonly<Record<Side, ReadonlyMap<string, readonly Profile[]>>>;
  /** Readings around the profiled slices. */
  readonly metrics: Readonly<
    Partial<Record<Side, { readonly before: ServiceMetrics; readonly after: ServiceMetrics }>>
  >;
  readonly scaling: { readonly small: readonly Slice[]; readonly large: readonly Slice[] } | null;
  readonly leftovers: { readonly baseline: Leftovers; readonly candidate: Leftovers } | null;
  /** Slices with heap readings, all sides at the same time; the first `warmUp` rounds fill what has a bound. */
  readonly liveHeap: { readonly warmUp: number; readonly slices: readonly Slice[] } | null;
  readonly probes: readonly Probe[] | null;
  readonly afterBurst: { readonly baseline: AfterBurst; readonly candidate: AfterBurst } | null;
  readonly bursts: readonly Burst[] | null;
  /** The candidate alone, window after window, and what its runtime said meanwhile, oldest first. */
  readonly collector: { readonly slices: readonly Slice[]; readonly readings: readonly ServiceMetrics[] } | null;
  /** Jobs of baseline and candidate in turns, and for how long their goroutines stood at mutexes meanwhile. */
  readonly stall: {
    readonly jobs: readonly LongJob[];
    readonly mutexWaitSeconds: Readonly<Partial<Record<Side, number>>>;
  } | null;
  readonly heldout: { readonly behaviour: BehaviourReport; readonly slices: readonly Slice[] } | null;
}

export const NO_EVIDENCE: Evidence = {
  instruments: { changedFiles: [], rates: [], helpers: 0 },
  crash: null,
  behaviour: null,
  race: null,
  slices: [],
  profiledSlices: [],
  profiles: { baseline: new Map(), candidate: new Map(), reference: new Map() },
  metrics: {},
  scaling: null,
  leftovers: null,
  liveHeap: null,
  probes: null,
  afterBurst: null,
  bursts: null,
  collector: null,
  stall: null,
  heldout: null,
};
