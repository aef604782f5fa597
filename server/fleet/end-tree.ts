import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, type ProcessIdentity, type ProcessRow } from './process-table.ts';

const KILL_ROUNDS = 100;
const LOOK_MILLIS = 25;

export interface EndTree {
  /** Looks anew; everything that it ever returned stays part of the tree. */
  readonly find: () => readonly ProcessRow[];
  /** The process at the top, for an OS on which `find` sees nothing. */
  readonly root: number | null;
  /** From TERM to KILL. */
  readonly graceMillis: number;
}

/**
 * TERM to every process of the tree, then KILL to what is left after the grace time, again and again until nothing is:
 * a fork bomb makes children while it dies. Resolves to what could not be ended; that is empty unless the OS refuses.
 * (Real time on purpose: the kernel doesn't follow an injected clock.)
 */
export async function endTree(tree: EndTree): Promise<readonly ProcessIdentity[]> {
  if (process.platform === 'win32') return endWindowsTree(tree.root);
  const deadline = performance.now() + tree.graceMillis;
  let rows = tree.find();
  for (const row of rows) signal(row.pid, 'SIGTERM');
  while (rows.length > 0 && performance.now() < deadline) {
    await wait(LOOK_MILLIS);
    // A look at all processes is dear, and a service may take seconds to let its last requests finish.
    if (!rows.some(isAlive)) rows = tree.find();
  }
  if (rows.length > 0) rows = tree.find();
  for (let round = 0; rows.length > 0 && round < KILL_ROUNDS; round++) {
    killAll(rows);
    await wait(LOOK_MILLIS);
    rows = tree.find();
  }
  return rows;
}

/** Whole groups first: the kernel signals all members in one step, so that none can fork in between. */
function killAll(rows: readonly ProcessRow[]): void {
  const pids = new Set(rows.map((row) => row.pid));
  const groups = new Set(rows.map((row) => row.group).filter((group) => pids.has(group)));
  for (const group of groups) signal(-group, 'SIGKILL');
  for (const pid of pids) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // ended between the look and the signal
  }
}

function endWindowsTree(root: number | null): Promise<readonly ProcessIdentity[]> {
  if (root === null) return Promise.resolve([]);
  return new Promise((resolve) => {
    execFile('taskkill', ['/PID', String(root), '/T', '/F'], { windowsHide: true }, () => resolve([]));
  });
}
