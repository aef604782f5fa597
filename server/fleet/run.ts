import type { ReadyLine, RunView } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { type Attempt, type AttemptEnd, startAttempt } from './attempt.ts';
import type { FleetLimits } from './limits.ts';
import type { Processes } from './processes.ts';
import { createRunLog, type LogChunk } from './run-log.ts';

export interface RunSpec {
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  readonly role: RunView['role'];
  /** Restarted with backoff when it ends by itself; else an end is the end. Default: fleet yes, twin and support no. */
  readonly restart?: boolean;
  readonly binary: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export type Readiness =
  | { readonly ok: true; readonly address: string; readonly line: ReadyLine }
  | { readonly ok: false; readonly reason: string };

export interface Run {
  readonly id: string;
  readonly spec: RunSpec;
  view(): RunView;
  /** `http://127.0.0.1:PORT` while up, else null; another one after a restart. */
  address(): string | null;
  pid(): number | null;
  /** Processes that run now: its own, and what it started. */
  processes(): number;
  /** Resolves when the run is up for the first time, or will never be. Never rejects. */
  readonly ready: Promise<Readiness>;
  /** Resolves when the run is over for good, with the reason. */
  readonly over: Promise<string>;
  log(): { text: string; dropped: number };
  /** Ends it and everything that descends from it; resolves when nothing is left. */
  stop(reason?: string): Promise<void>;
}

export interface RunParts {
  readonly id: string;
  readonly processes: Processes;
  readonly clock: Clock;
  readonly limits: FleetLimits;
  readonly onChange: () => void;
  readonly onLog: (chunk: LogChunk) => void;
}

type State = RunView['state'];
const TAIL_LINES = 8;

/** One instance of one build, from start to stop: starting → up → (restarting → starting → …) → stopped or failed. */
export function createRun(spec: RunSpec, parts: RunParts): Run {
  const { clock, limits } = parts;
  const log = createRunLog(parts.id, { maxBytes: limits.logBytes, clock, onLog: parts.onLog });
  const ready = createDeferred<Readiness>();
  const over = createDeferred<string>();
  let state: State = 'starting';
  let reason: string | null = null;
  let line: ReadyLine | null = null;
  let attempt: Attempt | null = null;
  /** Restarts since the run was last steady. */
  let restarts = 0;
  let upSince: number | null = null;
  let cancelRestart: () => void = () => undefined;

  const isOver = () => state === 'stopped' || state === 'failed';
  const change = (next: State, why: string | null) => {
    state = next;
    reason = why;
    if (next !== 'up') line = null;
    if (isOver()) {
      log.flush();
      ready.resolve({ ok: false, reason: why ?? next });
      over.resolve(why ?? next);
    }
    parts.onChange();
  };
  const onReady = (said: ReadyLine | null) => {
    if (said === null || isOver()) return;
    upSince = clock.now();
    line = said;
    change('up', null);
    ready.resolve({ ok: true, address: `http://${said.addr}`, line: said });
  };
  const onEnd = (end: AttemptEnd) => {
    if (isOver()) return;
    if (upSince !== null && clock.now() - upSince >= limits.steadyMillis) restarts = 0;
    upSince = null;
    const why = withTail(end.reason, log.tail(TAIL_LINES));
    if (end.overLimit) change('stopped', why);
    else if (!(spec.restart ?? spec.role === 'fleet')) change('failed', why);
    else if (restarts >= limits.restarts) change('failed', `${withTimes(restarts)}; the last time it ${why}`);
    else restart(why);
  };
  const restart = (why: string) => {
    cancelRestart = clock.after(limits.backoffMillis * 2 ** restarts, begin);
    restarts++;
    change('restarting', why);
  };
  const begin = () => {
    if (state !== 'starting') change('starting', reason);
    attempt = startAttempt(spec, { ...parts, onLine: log.add });
    void attempt.ready.then(onReady);
    void attempt.ended.then(onEnd);
  };
  begin();
  const { service, instance, version, role } = spec;
  return {
    id: parts.id,
    spec,
    view: () => ({ run: parts.id, service, instance, version, role, state, reason }),
    address: () => (line === null ? null : `http://${line.addr}`),
    pid: () => (isOver() ? null : (attempt?.pid ?? null)),
    processes: () => (isOver() ? 0 : (attempt?.count() ?? 0)),
    ready: ready.promise,
    over: over.promise,
    log: log.read,
    async stop(why) {
      cancelRestart();
      if (!isOver()) change('stopped', why ?? null);
      await attempt?.stop();
    },
  };
}

function withTail(reason: string, tail: string): string {
  return tail === '' ? reason : `${reason}. Its last lines:\n${tail.trimEnd()}`;
}

function withTimes(restarts: number): string {
  return `gave up after ${restarts} restarts in a row`;
}

function createDeferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
