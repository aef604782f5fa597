import { execFile } from 'node:child_process';
import { access, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../errors.ts';
import type { Probe } from './probe-store.ts';
import { STORE_FORMAT } from './schema.ts';

export interface RecoverOptions {
  /** The database file; its log is `${path}.wal`. */
  readonly path: string;
  readonly nowMillis: number;
  /** A line for the person who runs the lab. */
  log(line: string): void;
}

const walOf = (path: string): string => `${path}.wal`;
const cleanMarkOf = (path: string): string => `${path}.clean`;
const PROBE_MILLIS = 300_000;

/**
 * After it the file can be opened: sound, or gone. What is damaged or of another format is moved aside, never deleted. A
 * damaged log goes alone when the file without it is sound: what was checkpointed stays.
 */
export async function recoverFiles(options: RecoverOptions): Promise<void> {
  const { path } = options;
  let triedWithoutLog = false;
  for (;;) {
    const [hasFile, hasLog] = [await exists(path), await exists(walOf(path))];
    if (!hasFile && hasLog) await setAside(options, walOf(path), 'damaged', 'it has no database file');
    if (!hasFile) return;
    const probe = await runProbe(path);
    if (probe.verdict === 'sound') return;
    if (probe.verdict === 'unavailable') {
      throw new AppError('internal', `the store ${path} can't be read now: ${probe.seen}`);
    }
    if (probe.verdict === 'other-format') {
      const why = `it has store format ${probe.format}, this version reads ${STORE_FORMAT}`;
      if (hasLog) await setAside(options, walOf(path), `format-${probe.format}`, why);
      await setAside(options, path, `format-${probe.format}`, why);
    } else if (hasLog && !triedWithoutLog) {
      triedWithoutLog = true;
      await setAside(options, walOf(path), 'damaged', probe.seen);
    } else {
      if (hasLog) await setAside(options, walOf(path), 'damaged', probe.seen);
      await setAside(options, path, 'damaged', probe.seen);
    }
  }
}

/** True when the file is as the last clean close left it, so nothing needs probing. Forgets that close. */
export async function takeCleanMark(path: string): Promise<boolean> {
  const [mark, seen] = [await readFile(cleanMarkOf(path), 'utf8').catch(() => ''), await describe(path)];
  await rm(cleanMarkOf(path), { force: true });
  return mark !== '' && mark === seen && !(await exists(walOf(path)));
}

/** To be called after a clean close only. */
export async function leaveCleanMark(path: string): Promise<void> {
  await writeFile(cleanMarkOf(path), await describe(path));
}

async function describe(path: string): Promise<string> {
  const seen = await stat(path).catch(() => null);
  return JSON.stringify({ format: STORE_FORMAT, size: seen?.size ?? 0, mtimeMillis: Math.floor(seen?.mtimeMs ?? 0) });
}

/** Nothing is deleted that may be looked at later. */
export async function setAside(
  { nowMillis, log }: RecoverOptions,
  file: string,
  word: string,
  why: string,
): Promise<void> {
  const stamp = new Date(nowMillis).toISOString().replace(/[-:]|\.\d+/g, '');
  let name = `${file}.${word}-${stamp}`;
  for (let number = 2; await exists(name); number++) name = `${file}.${word}-${stamp}-${number}`;
  await rename(file, name);
  log(`store: ${file} was moved aside to ${name}: ${why.split('\n', 1)[0]}`);
}

/** In a process of its own; one that dies after it has begun, or takes too long, has met damage. */
async function runProbe(path: string): Promise<Probe> {
  return new Promise((resolve) => {
    const args = [probeProgram(), path];
    execFile(process.execPath, args, { timeout: PROBE_MILLIS, killSignal: 'SIGKILL' }, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        const seen = error?.message ?? 'the program that looks at it says nothing';
        if (stdout === '') resolve({ verdict: 'unavailable', seen });
        else resolve({ verdict: 'damaged', seen: `reading it ended the process: ${error?.message.split('\n')[0]}` });
      }
    });
  });
}

/** Beside this file when built; tests run from the sources and use the built one. */
function probeProgram(): string {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts')
    ? fileURLToPath(new URL('../../dist/server/store/probe-store.js', import.meta.url))
    : fileURLToPath(new URL('./probe-store.js', import.meta.url));
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
