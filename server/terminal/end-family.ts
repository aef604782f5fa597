import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Clock, pause } from '../clock.ts';
import { findFamily, type ProcessRow } from './find-family.ts';
import { listProcesses } from './list-processes.ts';

const ROUNDS = 40;
const ROUND_MILLIS = 50;

/** Remembers who has run under a shell, and ends all of it. */
export interface FamilyWatch {
  /** Notes the members that run now, before their parents go. */
  look(): Promise<void>;
  /** Kills every member, again and again until none is left; gives up after about two seconds. */
  end(): Promise<void>;
}

export function watchFamily(shell: number, mark: string, clock: Clock): FamilyWatch {
  if (process.platform === 'win32') return windowsFamily(shell);
  const seen = new Map<number, string>();
  let group: string | null = null;
  const find = async () => {
    const rows = await listProcesses(mark);
    group ??= findGroup(rows, shell);
    const members = findFamily(rows, { shell, group, seen }).filter(({ pid }) => pid !== process.pid);
    const hasNew = members.some(({ pid, started }) => seen.get(pid) !== started);
    for (const { pid, started } of members) seen.set(pid, started);
    return { members, hasNew };
  };
  return {
    async look() {
      await find();
    },
    async end() {
      for (let round = 0; round < ROUNDS; round++) {
        const { members, hasNew } = await find();
        if (members.length === 0) return;
        for (const { pid } of members) kill(pid);
        // Where new ones keep coming, a pause would only let them come.
        if (hasNew) continue;
        await pause(clock, ROUND_MILLIS);
      }
    },
  };
}

/** Ends what an earlier server, killed on the spot, has left of its terminals. `mark`: as its `TerminalsOptions`. */
export async function sweepTerminals(mark: string, clock: Clock): Promise<void> {
  if (process.platform === 'linux') await watchFamily(-1, `${mark}-`, clock).end();
}

/**
 * On Linux a shell leads the session that has its pid for a name; asking for it could be answered with our own session, in the
 * moment before the new process has made its own. Elsewhere the group is its terminal, as long as that isn't ours.
 */
function findGroup(rows: readonly ProcessRow[], shell: number): string | null {
  if (process.platform === 'linux') return shell > 0 ? String(shell) : null;
  const groupOf = (pid: number) => rows.find((row) => row.pid === pid)?.group ?? '';
  const group = groupOf(shell);
  return /^\?*$/.test(group) || group === groupOf(process.pid) ? null : group;
}

function windowsFamily(shell: number): FamilyWatch {
  return {
    async look() {},
    async end() {
      // Ends with an error when the shell has gone already.
      await promisify(execFile)('taskkill', ['/pid', String(shell), '/t', '/f']).catch(() => {});
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself since it was listed.
  }
}
