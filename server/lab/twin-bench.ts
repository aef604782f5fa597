import {
  type LoadLine,
  parseInput,
  type ServiceMetrics,
  sentenceOf,
  serviceMetrics,
  type WrongAnswer,
} from '../../protocol/index.ts';
import type { Collector } from '../collector/index.ts';
import type {
  BehaviourReport,
  BenchRun,
  Burst,
  LongJob,
  MeasureOptions,
  Probe,
  RaceReport,
  Side,
  Slice,
  TwinBench,
} from '../course/index.ts';
import { AppError } from '../errors.ts';
import { gunzipProfile, type Profile, readProfile } from '../profile/index.ts';
import { type LoadTarget, loadArguments } from './load-arguments.ts';
import type { LabBuild, LabProcesses, LabToolchain, StartedLoad } from './ports.ts';
import { type ServiceRun, startService } from './service-run.ts';

/** A collector of its own for one run; what it brings goes to `onProfile` and wherever the lab keeps profiles. */
export type StartCollecting = (
  run: { name: string; url: string; service: string; version: string; instance: string },
  onProfile: (kind: string, profile: Profile) => void,
) => { collector: Collector; stop(): Promise<void> };

export interface TwinBenchParts {
  readonly processes: LabProcesses;
  readonly toolchain: LabToolchain;
  readonly builds: Readonly<Record<Side, LabBuild>>;
  /** Label `instance` of each side: profiles of the verdict's runs belong to the same picture as the twin's. */
  readonly instances: Readonly<Record<Side, string>>;
  readonly scenario: string;
  readonly changedInstruments: readonly string[];
  readonly startCollecting: StartCollecting;
  installed(service: string): Promise<LabBuild>;
}

/** Real processes and real traffic for the judge. Every run it starts is stopped by the judge that asked for it. */
export function createTwinBench(parts: TwinBenchParts): TwinBench {
  const services = new WeakMap<BenchRun, ServiceRun>();
  const targetsOf = (runs: readonly BenchRun[]): LoadTarget[] =>
    runs.map((run) => targetOf(run.side, services.get(run)));
  let started = 0;

  return {
    changedInstruments: parts.changedInstruments,
    async start(side, { downstreamFlags }) {
      started += 1;
      const spec = {
        build: parts.builds[side],
        instance: parts.instances[side],
        role: 'twin',
        restart: false,
      } as const;
      const service = await startService({ ...spec, downstreamFlags }, parts);
      const run = createBenchRun(side, service, parts.startCollecting, `${spec.instance}-check-${started}`);
      services.set(run, service);
      return run;
    },
    async behave(run, options) {
      const target = targetOf('candidate', services.get(run));
      return behave(parts, target, options);
    },
    measure: async (runs, options) => measure(parts, targetsOf(runs), options),
    probe: async (runs, options) => probe(parts, targetsOf(runs), options),
    burst: async (runs, options) => burst(parts, targetsOf(runs), options),
    stall: async (runs, options) => stall(parts, targetsOf(runs), options),
    raceTest: (signal) => raceTest(parts, signal),
  };
}

function createBenchRun(side: Side, service: ServiceRun, collect: StartCollecting, name: string): BenchRun {
  const profiles = new Map<string, Profile[]>();
  const { id: version, service: serviceName } = service.build;
  let collecting: ReturnType<StartCollecting> | null = null;
  const stopProfiling = async (): Promise<void> => {
    await collecting?.stop();
    collecting = null;
  };
  return {
    side,
    crash() {
      const { state, reason } = service.view();
      return state === 'up' || state === 'starting' ? null : (reason ?? `it is ${state}`);
    },
    helpers: () => Math.max(0, service.processes() - 1),
    metrics: () => readMetrics(service.url),
    goroutines: () => readGoroutines(service.url),
    collectGarbage: () => collectGarbage(service.url),
    startProfiling() {
      collecting ??= collect(
        { name, url: service.url, service: serviceName, version, instance: service.instance },
        (kind, profile) => {
          profiles.set(kind, [...(profiles.get(kind) ?? []), profile]);
        },
      );
    },
    stopProfiling,
    profiles: () => profiles,
    async stop() {
      await stopProfiling();
      await service.stop();
    },
  };
}

const READ_MILLIS = 5_000;

async function readMetrics(url: string): Promise<ServiceMetrics> {
  const response = await fetch(`${url}/debug/flamelab/metrics`, { signal: AbortSignal.timeout(5_000) });
  return parseInput(serviceMetrics, await response.json(), (misfit) => {
    const seen = sentenceOf(misfit, 'the answer');
    return new AppError('internal', `${url}/debug/flamelab/metrics answered with something else than metrics: ${seen}`);
  });
}

async function readGoroutines(url: string): Promise<Profile> {
  const response = await fetch(`${url}/debug/pprof/goroutine`, { signal: AbortSignal.timeout(READ_MILLIS) });
  if (!response.ok) throw new AppError('internal', `${url}/debug/pprof/goroutine answered ${response.status}`);
  return readProfile(gunzipProfile(new Uint8Array(await response.arrayBuffer())));
}

async function collectGarbage(url: string): Promise<void> {
  await fetch(`${url}/debug/flamelab/gc`, { method: 'POST', signal: AbortSignal.timeout(READ_MILLIS) });
}

function targetOf(name: string, service: ServiceRun | undefined): LoadTarget {
  if (!service) throw new AppError('internal', 'a bench run of another bench');
  return { name, url: service.url, downstreamUrl: service.downstream?.url ?? null };
}

async function measure(
  parts: TwinBenchParts,
  targets: readonly LoadTarget[],
  options: MeasureOptions,
): Promise<Slice[]> {
  const slices: Slice[] = [];
  const { shape, seed, rate, rounds, sliceMillis, signal } = options;
  const args = [...loadArguments(targets, { scenario: parts.scenario, seed, shape }), '-rate', String(rate)];
  args.push('-slice', `${sliceMillis}ms`, '-pairs', String(rounds));
  if (options.heap) args.push('-heap');
  await runLoad(parts.processes, { mode: 'measure', args }, signal, (line, load) => {
    if (line.event !== 'slice') return;
    slices.push(sliceOf(line));
    if (slices.length % targets.length === 0 && options.enough?.(slices)) load.send({ do: 'stop' });
  });
  return slices.slice(0, slices.length - (slices.length % targets.length));
}

function sliceOf(line: Extract<LoadLine, { event: 'slice' }>): Slice {
  const { offered, completed, errors, wrong, before, after, pair, heap } = line;
  const slice = { side: line.target as Side, round: pair, offered, completed, errors, wrong, before, after };
  return heap ? { ...slice, heap } : slice;
}

async function probe(
  parts: TwinBenchParts,
  targets: readonly LoadTarget[],
  { shape, seed, requests, signal }: Parameters<TwinBench['probe']>[1],
): Promise<Probe[]> {
  const probes: Probe[] = [];
  const args = [...loadArguments(targets, { scenario: parts.scenario, seed, shape }), '-requests', String(requests)];
  await runLoad(parts.processes, { mode: 'probe', args }, signal, (line) => {
    if (line.event !== 'probe') return;
    const { target, millis, ok, calls, maxInFlight } = line;
    probes.push({ side: target as Side, millis, ok, calls: calls ?? null, callsInFlight: maxInFlight ?? null });
  });
  return probes;
}

async function burst(
  parts: TwinBenchParts,
  targets: readonly LoadTarget[],
  { rate, baseMillis, burstMillis, seed, signal }: Parameters<TwinBench['burst']>[1],
): Promise<Burst[]> {
  const bursts: Burst[] = [];
  const args = [...loadArguments(targets, { scenario: parts.scenario, seed, shape: 'burst' }), '-rate', String(rate)];
  args.push('-base', `${baseMillis}ms`, '-burst', `${burstMillis}ms`);
  await runLoad(parts.processes, { mode: 'burst', args }, signal, (line) => {
    if (line.event !== 'burst') return;
    const { event: _, target, ...seen } = line;
    bursts.push({ side: target as Side, ...seen });
  });
  return bursts;
}

async function stall(
  parts: TwinBenchParts,
  targets: readonly LoadTarget[],
  { rate, jobs: count, seed, signal }: Parameters<TwinBench['stall']>[1],
): Promise<LongJob[]> {
  const jobs: LongJob[] = [];
  const args = [...loadArguments(targets, { scenario: parts.scenario, seed, shape: 'default' })];
  args.push('-rate', String(rate), '-jobs', String(count));
  await runLoad(parts.processes, { mode: 'stall', args }, signal, (line) => {
    if (line.event !== 'stall') return;
    const { target, jobMillis: millis, offered, completed, wrong } = line;
    const [reads, writes] = [line.readMicros, line.writeMicros].map((waits) => waits.map((micros) => micros / 1_000));
    jobs.push({
      side: target as Side,
      millis,
      reads: reads ?? [],
      writes: writes ?? [],
      faulty: offered - completed + wrong,
    });
  });
  return jobs;
}

async function behave(
  parts: TwinBenchParts,
  target: LoadTarget,
  options: Parameters<TwinBench['behave']>[1],
): Promise<BehaviourReport> {
  const { shape, seed, requests, concurrency, signal } = options;
  if (target.downstreamUrl) await resetLedger(target.downstreamUrl);
  const args = [...loadArguments([target], { scenario: parts.scenario, seed, shape })];
  args.push('-requests', String(requests), '-concurrency', String(concurrency));
  const seen: { report: Extract<LoadLine, { event: 'behaved' }> | null; wrong: WrongAnswer[] } = {
    report: null,
    wrong: [],
  };
  await runLoad(parts.processes, { mode: 'behave', args }, signal, (line) => {
    if (line.event === 'behaved') seen.report = line;
  });
  if (!seen.report) throw new AppError('internal', 'the load generator ended without a report');
  const { wrong, errors, examples, invariants } = seen.report;
  const callsInFlight = target.downstreamUrl ? await readCallsInFlight(target.downstreamUrl) : null;
  return { requests: seen.report.requests, wrong, errors, examples, invariants, callsInFlight };
}

async function resetLedger(url: string): Promise<void> {
  await fetch(`${url}/ledger/reset`, { method: 'POST', signal: AbortSignal.timeout(5_000) });
}

async function readCallsInFlight(url: string): Promise<number> {
  const response = await fetch(`${url}/ledger`, { signal: AbortSignal.timeout(5_000) });
  const ledger: unknown = await response.json();
  return typeof ledger === 'object' && ledger && 'maxInFlight' in ledger ? Number(ledger.maxInFlight) : 0;
}

/** Runs the generator to its end; an abort stops it and rejects. */
async function runLoad(
  processes: LabProcesses,
  spec: { mode: 'measure' | 'behave' | 'probe' | 'burst' | 'stall'; args: readonly string[] },
  signal: AbortSignal,
  onLine: (line: LoadLine, load: StartedLoad) => void,
): Promise<void> {
  signal.throwIfAborted();
  const load: StartedLoad = processes.startLoad({ ...spec, onLine: (line) => onLine(line, load) });
  const abort = (): void => void load.stop();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await load.done;
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
}

const RACE_OUTPUT = 1_500;

async function raceTest(parts: TwinBenchParts, signal: AbortSignal): Promise<RaceReport> {
  const { sources: dir, service } = parts.builds.candidate;
  let output = '';
  const take = (text: string): void => {
    output = (output + text).slice(-64 * 1024);
  };
  const { exit, outcome, why } = await parts.toolchain.startGoTask({
    dir,
    service,
    run: 'race',
    onOutput: take,
    signal,
  });
  if (outcome === 'no-compiler') return { outcome };
  if (exit === null) return { outcome: 'failed', found: 'failure', output: why ?? outcome };
  if (exit === 0) return { outcome: 'clean' };
  const race = output.indexOf('WARNING: DATA RACE');
  if (race >= 0) return { outcome: 'failed', found: 'race', output: output.slice(race, race + RACE_OUTPUT) };
  if (/\[(build|setup) failed\]/.test(output)) return { outcome: 'not-compiling' };
  return { outcome: 'failed', found: 'failure', output: output.slice(-RACE_OUTPUT) };
}
