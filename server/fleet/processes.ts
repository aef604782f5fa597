import { type ChildProcess, spawn as spawnChild } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { childEnvironment } from './child-environment.ts';
import { type EndedLedger, endOldLedgers } from './end-ledger.ts';
import { createLedger } from './ledger.ts';
import { createOwnedTree, type OwnedTree } from './owned-tree.ts';
import { findProcess } from './process-table.ts';
import { OWNER_VARIABLE } from './process-tree.ts';
import { startReaper } from './start-reaper.ts';
import { createTreeWatch, type TreeLimits } from './watch-trees.ts';

export interface SpawnSpec {
  /** For people and the ledger: "search", "go build". */
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Complete but for the allow-list of `childEnvironment` and the owner's mark. */
  readonly env?: Readonly<Record<string, string>>;
  readonly limits: TreeLimits;
  /** See `WatchedTree.close`. */
  readonly closeWatch?: boolean;
  readonly onOver: (reason: string) => void;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** The program could not be started at all, e.g. ENOENT. */
  readonly error: Error | null;
}

export interface OwnedProcess {
  readonly child: ChildProcess;
  readonly pid: number | null;
  /** Resolves when the root has ended; what it left behind is ended next, see `gone`. */
  readonly ended: Promise<ProcessEnd>;
  /** Resolves when nothing of the tree is left. */
  readonly gone: Promise<void>;
  /** Resolves when its pipes are closed and read to the end. */
  readonly closed: Promise<void>;
  /** Processes of the tree that run now. */
  count(): number;
  /** Closes stdin, TERM, grace, KILL; resolves when nothing is left. */
  end(): Promise<void>;
}

/** For a child that somebody else spawns (a pty): its environment before, its pid after. */
export interface Reservation {
  readonly env: Readonly<Record<string, string>>;
  started(pid: number): OwnedTree;
  /** It was not started after all. */
  abandon(): void;
}

export interface Processes {
  spawn(spec: SpawnSpec): OwnedProcess;
  reserve(what: string): Reservation;
  /** Ends what servers that are gone left behind. Call once, at start. */
  sweep(): Promise<EndedLedger>;
  /** Ends everything and removes the ledger. */
  dispose(): Promise<void>;
}

export interface ProcessesOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: (message: string) => void;
  readonly graceMillis: number;
}

export function createProcesses(options: ProcessesOptions): Processes {
  const { clock, log, graceMillis } = options;
  const folder = join(options.dataDir, 'processes');
  const session = randomBytes(16).toString('hex');
  const server = { pid: process.pid, start: findProcess(process.pid)?.start ?? 'unknown' };
  const ledger = createLedger({ folder, session, server, log });
  const trees = new Set<OwnedTree>();
  const watch = createTreeWatch(clock);
  let letReaperGo: (() => void) | null = null;
  let count = 0;

  const reserve = (what: string): Reservation => {
    const run = String(++count);
    if (process.platform !== 'win32') letReaperGo ??= startReaper({ file: ledger.file, session, server }, log);
    ledger.begin(run, what);
    return {
      env: { [OWNER_VARIABLE]: `${session}/${run}` },
      started(pid) {
        const tree = createOwnedTree({ run, what, root: pid }, { ledger, log, onEnded: () => trees.delete(tree) });
        trees.add(tree);
        return tree;
      },
      abandon: () => ledger.end(run),
    };
  };
  return {
    reserve,
    spawn(spec) {
      const reservation = reserve(spec.what);
      const child = spawnChild(spec.command, spec.args, {
        cwd: spec.cwd,
        env: childEnvironment(process.env, { ...spec.env, ...reservation.env }),
        stdio: 'pipe',
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      return own({ child, reservation, spec, graceMillis, watch });
    },
    sweep: () => endOldLedgers(folder, ledger.file, graceMillis),
    async dispose() {
      watch.dispose();
      await Promise.all([...trees].map((tree) => tree.end(graceMillis)));
      ledger.close();
      letReaperGo?.();
    },
  };
}

interface Owning {
  readonly child: ChildProcess;
  readonly reservation: Reservation;
  readonly spec: SpawnSpec;
  readonly graceMillis: number;
  readonly watch: ReturnType<typeof createTreeWatch>;
}

function own({ child, reservation, spec, graceMillis, watch }: Owning): OwnedProcess {
  child.stdin?.on('error', () => undefined); // EPIPE: it has ended, which `ended` says
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal, error: null }));
  });
  if (child.pid === undefined) {
    reservation.abandon();
    const over = ended.then(() => undefined);
    return { child, pid: null, ended, gone: over, closed: over, count: () => 0, end: () => over };
  }
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const tree = reservation.started(child.pid);
  const { limits, onOver } = spec;
  const unwatch = watch.add({ tree, limits, close: spec.closeWatch ?? false, onOver });
  const gone = ended.then(() => {
    unwatch();
    return tree.end(graceMillis);
  });
  const end = () => {
    child.stdin?.end();
    return tree.end(graceMillis).then(() => gone);
  };
  return { child, pid: child.pid, ended, gone, closed, count: () => tree.look().length, end };
}
