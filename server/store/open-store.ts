import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { Arrivals } from './arrivals.ts';
import { countLooseEntries, countLooseRows } from './compaction.ts';
import { type Database, openDatabase, queryRows } from './database.ts';
import { type DiskSpace, readDiskSpace } from './disk-space.ts';
import { loadAndFile } from './file-batches.ts';
import { lockFolder } from './folder-lock.ts';
import { findLeft, Journal, type LeftBatches, readFiledNumber } from './journal.ts';
import { JournalFile } from './journal-file.ts';
import type { ProfileStore } from './profile-store.ts';
import { createReadGate } from './read-gate.ts';
import { RecentWindows } from './recent-windows.ts';
import { leaveCleanMark, type RecoverOptions, recoverFiles, setAside, takeCleanMark } from './recover-files.ts';
import { SamplePages } from './sample-pages.ts';
import { SCHEMA } from './schema.ts';
import { StackPaths } from './stack-paths.ts';
import { createProfileStore } from './store.ts';
import { DEFAULT_STORE_LIMITS, type StoreLimits } from './store-limits.ts';
import type { StoreState, StoreWork } from './store-state.ts';
import { TableWriter } from './table-writer.ts';

export interface OpenStoreOptions {
  /** Folder of this store alone; made if missing. */
  readonly dir: string;
  readonly limits?: Partial<StoreLimits>;
  readonly clock: Clock;
  /** A line for the person who runs the lab: what was moved aside, when the store is full. */
  readonly log: (line: string) => void;
  /** Told when a commit or a compaction begins and ends; for tests that kill in between. */
  readonly onWork?: (work: StoreWork, edge: 'begins' | 'ends') => void;
  readonly diskSpace?: (dir: string) => Promise<DiskSpace>;
}

const DATABASE_FILE = 'profiles.duckdb';
const JOURNAL_FILES = ['profiles.journal-1', 'profiles.journal-2'] as const;

/**
 * Opens the store of a folder. A damaged or foreign file is moved aside, with a line in the log, and an empty one takes its
 * place; it is probed unless it is as a clean close left it, and also then when it can't be loaded. Rejects `busy` when another process has the folder.
 */
export async function openStore(options: OpenStoreOptions): Promise<ProfileStore> {
  const limits = { ...DEFAULT_STORE_LIMITS, ...options.limits };
  const { dir, clock, log, onWork = () => undefined } = options;
  const path = join(dir, DATABASE_FILE);
  const lock = await lockFolder(dir);
  try {
    const recovery = { path, nowMillis: clock.now(), log };
    const journalPaths = JOURNAL_FILES.map((name) => join(dir, name));
    const sound = await takeCleanMark(path);
    if (!sound || lock.takenOver) await recoverFiles(recovery);
    const load = async (): Promise<StoreState> =>
      loadState(
        { path, database: await openWithSchema(path, limits), limits, clock, log, onWork },
        { journalPaths, recovery },
      );
    const state = await load().catch(async () => {
      await recoverFiles(recovery);
      return load();
    });
    return await createProfileStore(state, {
      diskSpace: () => (options.diskSpace ?? readDiskSpace)(dir),
      async afterClose(clean) {
        if (clean) await leaveCleanMark(path);
        await lock.release();
      },
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openWithSchema(path: string, limits: StoreLimits): Promise<Database> {
  const database = await openDatabase(path, { memoryBytes: limits.databaseMemoryBytes });
  try {
    const tables = await queryRows(database.writer, 'SELECT count(*) FROM duckdb_tables()');
    if (tables.number(0, 0) === 0) await database.writer.run(`BEGIN; ${SCHEMA} COMMIT;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function loadState(
  base: Pick<StoreState, 'path' | 'database' | 'limits' | 'clock' | 'log' | 'onWork'>,
  { journalPaths, recovery }: { readonly journalPaths: readonly string[]; readonly recovery: RecoverOptions },
): Promise<StoreState> {
  const { writer } = base.database;
  try {
    const tables = new TableWriter(writer);
    const left = await takeLeft(journalPaths, await readFiledNumber(writer), recovery);
    const dictionaries = await loadAndFile({ database: base.database, tables }, left);
    const [first, second] = await Promise.all(journalPaths.map(openEmpty));
    if (first === undefined || second === undefined) throw new Error('a journal has two files');
    const recent = new RecentWindows(base.limits);
    const rows = await queryRows(
      writer,
      'SELECT series, max(at_millis), max(id), count(*) FROM windows GROUP BY series',
    );
    let nextWindow = 1;
    let profiles = 0;
    for (let row = 0; row < rows.count; row++) {
      recent.startAfter(rows.number(0, row), rows.number(1, row));
      nextWindow = Math.max(nextWindow, rows.number(2, row) + 1);
      profiles += rows.number(3, row);
    }
    return {
      ...base,
      looseRows: await countLooseRows(writer),
      looseEntries: await countLooseEntries(writer),
      recent,
      pages: new SamplePages(),
      profiles,
      nextWindow,
      arrivals: new Arrivals(base.clock.now(), nextWindow, base.limits.retentionEveryMillis),
      dictionaries,
      paths: new StackPaths(dictionaries),
      tables,
      journal: new Journal([first, second], left.last),
      readFile: (task) => base.database.read(task),
      gate: createReadGate(),
      full: null,
    };
  } catch (error) {
    base.database.close();
    throw error;
  }
}

/** What is left in a journal; a damaged one is moved aside. */
async function takeLeft(paths: readonly string[], filed: number, recovery: RecoverOptions): Promise<LeftBatches> {
  const files = await Promise.all(paths.map(readIfThere));
  const left = findLeft(files, filed);
  if (left.damage === null) return left;
  for (const [at, path] of paths.entries()) {
    if (files[at]?.length === 0) continue;
    await setAside(recovery, path, 'damaged', `${left.damage}; ${left.batches.length} of the batches are taken`);
  }
  return left;
}

async function readIfThere(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}

async function openEmpty(path: string): Promise<JournalFile> {
  const file = await JournalFile.open(path);
  await file.empty();
  return file;
}
