import { type ReadyLine, readyLine } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { FleetLimits } from './limits.ts';
import type { OwnedProcess, ProcessEnd, Processes } from './processes.ts';
import { readOutput } from './read-output.ts';
import type { RunSpec } from './run.ts';

export interface AttemptEnd {
  readonly reason: string;
  /** The lab ended it for going over a limit: trying again would only repeat that. */
  readonly overLimit: boolean;
}

/** One process of a run: from spawn until nothing of it is left. */
export interface Attempt {
  readonly pid: number | null;
  /** Null when it ended, or was ended, before it said that it is ready. */
  readonly ready: Promise<ReadyLine | null>;
  readonly ended: Promise<AttemptEnd>;
  /** Processes that run now: its own, and what it started. */
  count(): number;
  stop(): Promise<void>;
}

export interface AttemptParts {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly limits: FleetLimits;
  readonly onLine: (line: string) => void;
}

export function startAttempt(spec: RunSpec, { processes, clock, limits, onLine }: AttemptParts): Attempt {
  let early: AttemptEnd | null = null;
  const endEarly = (end: AttemptEnd) => {
    early ??= end;
    void owned.end();
  };
  const owned = processes.spawn({
    what: spec.instance,
    command: spec.binary,
    args: spec.args ?? [],
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    env: spec.env ?? {},
    limits: { bytes: limits.runBytes, processes: limits.runProcesses },
    onOver: (reason) => endEarly({ reason, overLimit: true }),
  });
  const cancelTimer = clock.after(limits.readyMillis, () =>
    endEarly({ reason: `was not ready after ${limits.readyMillis / 1_000} s`, overLimit: false }),
  );
  const said = readLines(owned, clock, onLine).then((line) => {
    cancelTimer();
    return early === null ? line : null;
  });
  const ended = owned.ended.then(async (end) => {
    cancelTimer();
    await Promise.all([owned.gone, owned.closed]);
    return early ?? { reason: reasonOf(end), overLimit: false };
  });
  const ready = Promise.race([said, ended.then(() => null)]);
  return { pid: owned.pid, ready, ended, count: () => owned.count(), stop: () => owned.end() };
}

/** Everything that it prints goes to `onLine`, but for the ready line, which the promise brings. */
function readLines({ child }: OwnedProcess, clock: Clock, onLine: (line: string) => void): Promise<ReadyLine> {
  return new Promise((resolve) => {
    let isReady = false;
    const onOut = (line: string) => {
      const parsed = isReady ? undefined : findReadyLine(line);
      if (parsed === undefined) return onLine(line);
      isReady = true;
      resolve(parsed);
    };
    if (child.stdout !== null) readOutput(child.stdout, { clock, onLine: onOut });
    if (child.stderr !== null) readOutput(child.stderr, { clock, onLine });
  });
}

function findReadyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return readyLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function reasonOf({ code, signal, error }: ProcessEnd): string {
  if (error !== null) return `could not be started: ${error.message}`;
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
}
