import type { ServiceMetrics } from '../../../protocol/index.ts';
import type { Profile } from '../../profile/profile.ts';
import type { BehaviourReport, Burst, LongJob, Probe, RaceReport, Side, Slice } from './evidence.ts';

export interface BenchRun {
  readonly side: Side;
  /** Why the process ended by itself; null while it runs. */
  crash(): string | null;
  /** Processes that it has started and that run now: what they do is in none of its profiles and counters. */
  helpers(): number;
  metrics(): Promise<ServiceMetrics>;
  /** What it does at this moment: its goroutine profile. */
  goroutines(): Promise<Profile>;
  /** Resolves when what is garbage now is collected. */
  collectGarbage(): Promise<void>;
  /** From now on its profiles are collected. */
  startProfiling(): void;
  /** Resolves when the process does nothing for a profile any more. */
  stopProfiling(): Promise<void>;
  /** Windows collected so far, oldest first. */
  profiles(): ReadonlyMap<string, readonly Profile[]>;
  stop(): Promise<void>;
}

export interface MeasureOptions {
  readonly shape: 'default' | 'heldout' | 'small' | 'large';
  readonly rate: number;
  /** At most. */
  readonly rounds: number;
  readonly sliceMillis: number;
  readonly seed: number;
  /** Collect the garbage after each slice and read what is live; at most a few requests are in flight then. */
  readonly heap?: boolean;
  readonly signal: AbortSignal;
  /** Asked after every whole round, with all slices so far: true ends the measurement. */
  enough?(slices: readonly Slice[]): boolean;
}

/** What the judge needs to try a candidate: real processes and real traffic. The lab supplies it. */
export interface TwinBench {
  /** Instrument files that differ from the installed ones. */
  readonly changedInstruments: readonly string[];
  /** Rejects when the service doesn't get ready: the message says what was seen. */
  start(side: Side, options: { readonly downstreamFlags: readonly string[] }): Promise<BenchRun>;
  behave(
    run: BenchRun,
    options: {
      shape: 'default' | 'heldout' | 'failing' | 'huge';
      requests: number;
      concurrency: number;
      seed: number;
      signal: AbortSignal;
    },
  ): Promise<BehaviourReport>;
  /** Interleaved slices on these runs, in ABC CBA order; whole rounds only. */
  measure(runs: readonly BenchRun[], options: MeasureOptions): Promise<Slice[]>;
  /** One request at a time, the runs in turns; `requests` for each of them. */
  probe(
    runs: readonly BenchRun[],
    options: { shape: MeasureOptions['shape']; requests: number; seed: number; signal: AbortSignal },
  ): Promise<Probe[]>;
  /** A base load on all runs at the same time, then ten times as much. */
  burst(
    runs: readonly BenchRun[],
    options: { rate: number; baseMillis: number; burstMillis: number; seed: number; signal: AbortSignal },
  ): Promise<Burst[]>;
  /** Long jobs, the runs in turns; `jobs` of each of them, while `rate` small requests a second come. */
  stall(
    runs: readonly BenchRun[],
    options: { rate: number; jobs: number; seed: number; signal: AbortSignal },
  ): Promise<LongJob[]>;
  raceTest(signal: AbortSignal): Promise<RaceReport>;
}
