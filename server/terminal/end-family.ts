import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Clock } from '../clock.ts';
import { findFamily } from './find-family.ts';
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
    const own = rows.find((row) => row.pid === shell);
    group ??= own === undefined ? groupOfEnded(shell) : own.group;
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
        await new Promise<void>((resolve) => clock.after(ROUND_MILLIS, resolve));
      }
    },
  };
}

/** Ends what an earlier server, killed on the spot, has left of its terminals. `mark`: as its `TerminalsOptions`. */
export async function sweepTerminals(mark: string, clock: Clock): Promise<void> {
  if (process.platform === 'linux') await watchFamily(-1, `${mark}-`, clock).end();
}

/** On Linux a shell leads its session, which has its pid for a name even when the shell itself is gone. */
function groupOfEnded(shell: number): string | null {
  return process.platform === 'linux' && shell > 0 ? String(shell) : null;
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
