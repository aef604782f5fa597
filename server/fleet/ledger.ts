import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProcessIdentity } from './process-table.ts';

const identity = z.object({ pid: z.number().int(), start: z.string() });
const header = z.object({ session: z.string().regex(/^[0-9a-f]{32}$/), server: identity });
const line = z.union([
  z.object({ begin: z.string(), what: z.string() }),
  z.object({ run: z.string(), ...identity.shape }),
  z.object({ end: z.string() }),
]);

/** What a ledger file says: whose it is, and the processes of runs that were begun and not ended. */
export interface LedgerContent {
  readonly session: string;
  readonly server: ProcessIdentity;
  readonly processes: readonly ProcessIdentity[];
}

/**
 * The list of everything that this server started and that may still run, on disk before the process exists, so that
 * whoever comes after a kill -9 (the reaper, the next start) can end it. One file per server session.
 *
 *     {"session":"…","server":{"pid":9,"start":"…"}}
 *     {"begin":"1","what":"search"}           written before the spawn
 *     {"run":"1","pid":12,"start":"…"}        as soon as it is known, also for descendants that were seen
 *     {"end":"1"}                             nothing of run 1 is left
 */
export interface Ledger {
  readonly session: string;
  readonly file: string;
  begin(run: string, what: string): void;
  record(run: string, process: ProcessIdentity): void;
  end(run: string): void;
  /** Removes the file if no run is open. */
  close(): void;
}

const COMPACT_AT_LINES = 1_000;

export interface LedgerOptions {
  readonly folder: string;
  readonly session: string;
  readonly server: ProcessIdentity;
  /** A disk that is full must not stop the lab: what can't be written is told once, the marks on the processes still hold. */
  readonly log: (message: string) => void;
}

export function createLedger({ folder, session, server, log }: LedgerOptions): Ledger {
  const file = join(folder, `${session}.jsonl`);
  const open = new Map<string, string[]>();
  const first = JSON.stringify({ session, server });
  let lines = 0;
  let hasTold = false;

  const attempt = (task: () => void) => {
    try {
      task();
    } catch (cause) {
      if (!hasTold) log(`the list of processes can't be written (${String(cause)}): is the disk full?`);
      hasTold = true;
    }
  };
  const write = (text: string) => {
    lines++;
    attempt(() => appendFileSync(file, `${text}\n`));
  };
  const compact = () => {
    const kept = [first, ...[...open.values()].flat()];
    lines = kept.length;
    attempt(() => {
      writeFileSync(`${file}.new`, `${kept.join('\n')}\n`);
      renameSync(`${file}.new`, file);
    });
  };
  attempt(() => mkdirSync(folder, { recursive: true }));
  write(first);
  return {
    session,
    file,
    begin(run, what) {
      const text = JSON.stringify({ begin: run, what });
      open.set(run, [text]);
      write(text);
    },
    record(run, { pid, start }) {
      const text = JSON.stringify({ run, pid, start });
      open.get(run)?.push(text);
      write(text);
    },
    end(run) {
      open.delete(run);
      write(JSON.stringify({ end: run }));
      if (lines > COMPACT_AT_LINES) compact();
    },
    close() {
      if (open.size === 0) rmSync(file, { force: true });
    },
  };
}

/** Undefined when there is no such file or it is not a ledger. A torn last line, as a kill -9 leaves it, is passed over. */
export function readLedger(file: string): LedgerContent | undefined {
  const [first, ...rest] = readText(file).split('\n');
  const head = header.safeParse(parseJson(first ?? ''));
  if (!head.success) return undefined;
  const open = new Map<string, ProcessIdentity[]>();
  for (const text of rest) {
    const entry = line.safeParse(parseJson(text)).data;
    if (entry === undefined) continue;
    if ('begin' in entry) open.set(entry.begin, []);
    else if ('run' in entry) open.get(entry.run)?.push({ pid: entry.pid, start: entry.start });
    else open.delete(entry.end);
  }
  return { ...head.data, processes: [...open.values()].flat() };
}

export function listLedgers(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^[0-9a-f]{32}\.jsonl$/.test(name));
    return names.map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
