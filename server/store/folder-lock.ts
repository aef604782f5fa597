import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

/** Held from open to close. Its file stays behind when the process dies, which tells the next one that it did. */
export interface FolderLock {
  /** The last holder ended without releasing. */
  readonly takenOver: boolean;
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one with the same number; '' where the system doesn't say. */
  readonly started: string;
}

const LOCK_FILE = 'store.lock';

/** `busy`, with the pid, when another store, in this process or another, has the folder. */
export async function lockFolder(dir: string): Promise<FolderLock> {
  await mkdir(dir, { recursive: true });
  const path = join(dir, LOCK_FILE);
  const own = `${path}.${process.pid}-${randomBytes(6).toString('hex')}`;
  await writeFile(own, JSON.stringify({ pid: process.pid, started: await startOf(process.pid) } satisfies Holder));
  try {
    return { takenOver: await acquire(path, own), release: () => rm(path, { force: true }) };
  } finally {
    await rm(own, { force: true });
  }
}

/** A link appears whole or not at all. True when a dead holder's file was in the way. */
async function acquire(path: string, own: string): Promise<boolean> {
  for (let takenOver = false; ; takenOver = true) {
    try {
      await link(own, path);
      return takenOver;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const seen = await readFile(path, 'utf8').catch(() => '');
    const holder = parseHolder(seen);
    if (holder !== null && (await isAlive(holder))) {
      throw new AppError(
        'busy',
        `the data folder is in use by process ${holder.pid}; stop it or choose another --data`,
        {
          detail: { pid: holder.pid },
        },
      );
    }
    await moveAway(path, seen);
  }
}

/** Of several that see the same dead holder, one takes its file away; a file that is no longer that one goes back. */
async function moveAway(path: string, seen: string): Promise<void> {
  const away = `${path}.${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, away);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readFile(away, 'utf8');
  if (moved !== seen) await link(away, path).catch(() => undefined);
  await rm(away, { force: true });
}

function parseHolder(text: string): Holder | null {
  try {
    const value: Partial<Holder> = JSON.parse(text);
    return typeof value.pid === 'number' && value.pid > 0 ? { pid: value.pid, started: value.started ?? '' } : null;
  } catch {
    return null;
  }
}

async function isAlive({ pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false;
  }
  const now = await startOf(pid);
  if (now === ENDED) return false;
  return started === '' || now === '' || now === started;
}

/** Killed, and its parent hasn't looked yet. */
const ENDED = 'ended';

/** Linux: the start in clock ticks since boot, field 22 of /proc/PID/stat; the name in field 2 may hold anything. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? ENDED : (fields[19] ?? '');
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
