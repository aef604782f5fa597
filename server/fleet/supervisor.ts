import type { RunView } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { EndedLedger } from './end-ledger.ts';
import type { FleetLimits } from './limits.ts';
import { createProcesses, type Processes } from './processes.ts';
import { createRun, type Run, type RunSpec } from './run.ts';
import type { LogChunk } from './run-log.ts';

export interface SupervisorOptions {
  /** The ledger of processes lies in `processes/` under it. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: (message: string) => void;
  readonly limits: FleetLimits;
}

export interface Supervisor {
  /** For programs that are no services: builds, tests, ptys, load. Under the same ledger and reaper. */
  readonly processes: Processes;
  readonly clock: Clock;
  readonly limits: FleetLimits;
  /** Ends what an earlier server on this data folder left running. */
  sweep(): Promise<EndedLedger>;
  start(spec: RunSpec): Run;
  find(run: string): Run | undefined;
  /** All runs that go on, and the newest that are over. */
  views(): RunView[];
  /** Called with all runs after each change of any; the disposer unsubscribes. */
  onChange(listener: (runs: RunView[]) => void): () => void;
  onLog(listener: (chunk: LogChunk) => void): () => void;
  dispose(): Promise<void>;
}

export function createSupervisor({ dataDir, clock, log, limits }: SupervisorOptions): Supervisor {
  const processes = createProcesses({ dataDir, clock, log, graceMillis: limits.graceMillis });
  const runs = new Map<string, Run>();
  const changeListeners = new Set<(runs: RunView[]) => void>();
  const logListeners = new Set<(chunk: LogChunk) => void>();
  let count = 0;

  const views = () => [...runs.values()].map((run) => run.view());
  const onChange = () => {
    const over = [...runs.values()].filter((run) => isOver(run));
    for (const run of over.slice(0, -limits.keptRuns)) runs.delete(run.id);
    for (const listener of changeListeners) listener(views());
  };
  const onLog = (chunk: LogChunk) => {
    for (const listener of logListeners) listener(chunk);
  };
  return {
    processes,
    clock,
    limits,
    sweep: () => processes.sweep(),
    start(spec) {
      const id = `${spec.instance}-${++count}`;
      const run = createRun(spec, { id, processes, clock, limits, onChange, onLog });
      runs.set(id, run);
      onChange();
      return run;
    },
    find: (run) => runs.get(run),
    views,
    onChange: (listener) => subscribe(changeListeners, listener),
    onLog: (listener) => subscribe(logListeners, listener),
    async dispose() {
      await Promise.all([...runs.values()].map((run) => run.stop('the lab was stopped')));
      await processes.dispose();
    },
  };
}

function isOver(run: Run): boolean {
  const { state } = run.view();
  return state === 'stopped' || state === 'failed';
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
