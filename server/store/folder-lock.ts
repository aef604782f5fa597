import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
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
  readonly released: boolean;
}

const LOCK_FILE = /^store\.lock\.(\d+)$/;

/**
 * `busy`, with the pid, when another store, in this process or another, has the folder.
 *
 * Each holder has a file with a number of its own, one above the last: making it is the one step that only one of many can
 * take. The highest number says who holds the folder, and stays, marked, when it is released, so that numbers only grow.
 *
 *     store.lock.7 dead     A, B: link store.lock.8     A: done, removes 7     B: exists, looks again, busy
 */
export async function lockFolder(dir: string): Promise<FolderLock> {
  await mkdir(dir, { recursive: true });
  const holder: Holder = { pid: process.pid, started: await startOf(process.pid), released: false };
  const draft = await writeDraft(dir, holder);
  try {
    const { number, takenOver } = await acquire(dir, draft);
    return { takenOver, release: () => release(dir, number, holder) };
  } finally {
    await rm(draft, { force: true });
  }
}

async function acquire(dir: string, draft: string): Promise<{ number: number; takenOver: boolean }> {
  for (;;) {
    const last = Math.max(0, ...(await lockNumbers(dir)));
    const holder = last === 0 ? null : await readHolder(dir, last);
    if (holder !== null && !holder.released && (await isAlive(holder))) {
      const text = `the data folder is in use by process ${holder.pid}; stop it or choose another --data`;
      throw new AppError('busy', text, { detail: { pid: holder.pid } });
    }
    const number = last + 1;
    if (!(await appears(draft, lockFile(dir, number)))) continue;
    const numbers = await lockNumbers(dir);
    if (Math.max(...numbers) > number) {
      // Who looked long ago made a number that others had and gave up since.
      await rm(lockFile(dir, number), { force: true });
      continue;
    }
    for (const old of numbers) if (old < number) await rm(lockFile(dir, old), { force: true });
    return { number, takenOver: last > 0 && holder?.released !== true };
  }
}

const lockFile = (dir: string, number: number): string => join(dir, `store.lock.${number}`);

async function lockNumbers(dir: string): Promise<number[]> {
  const names = await readdir(dir);
  return names.flatMap((name) => Number(LOCK_FILE.exec(name)?.[1] ?? Number.NaN)).filter(Number.isSafeInteger);
}

async function writeDraft(dir: string, holder: Holder): Promise<string> {
  const draft = join(dir, `store.lock.draft-${process.pid}-${randomBytes(6).toString('hex')}`);
  await writeFile(draft, JSON.stringify(holder));
  return draft;
}

/** A link appears whole or not at all. */
async function appears(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function release(dir: string, number: number, holder: Holder): Promise<void> {
  try {
    await rename(await writeDraft(dir, { ...holder, released: true }), lockFile(dir, number));
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error; // the whole folder is gone
  }
}

/** null: gone, or not readable as a holder. */
async function readHolder(dir: string, number: number): Promise<Holder | null> {
  try {
    const value: Partial<Holder> = JSON.parse(await readFile(lockFile(dir, number), 'utf8'));
    if (typeof value.pid !== 'number' || value.pid <= 0) return null;
    return { pid: value.pid, started: value.started ?? '', released: value.released === true };
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
