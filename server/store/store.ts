import { stat } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { createTurns } from '../turns.ts';
import { type Append, type Appended, commitProfiles, weightOf } from './commit-profiles.ts';
import { startCompaction } from './compaction.ts';
import { queryRows } from './database.ts';
import type { DiskSpace } from './disk-space.ts';
import { fileBatches } from './file-batches.ts';
import { findExtent } from './find-extent.ts';
import { createGroupCommit, type Exclusive } from './group-commit.ts';
import { findKinds, findLabelGroups, findLabelNames, findLabelValues } from './label-answers.ts';
import { listWindows, readWindow } from './list-windows.ts';
import { mergeWindows } from './merge-windows.ts';
import { averagePoints } from './point-series.ts';
import type { ProfileStore } from './profile-store.ts';
import { pinWindows, startRetention } from './retention.ts';
import type { StoreState } from './store-state.ts';
import { sumByBlock } from './sum-by-block.ts';
import { sumByStack } from './sum-by-stack.ts';
import { sumSeries } from './window-series.ts';

export interface StoreSurroundings {
  diskSpace(): Promise<DiskSpace>;
  /** Runs when the file is closed; `clean` when all of it is known to be written. */
  afterClose(clean: boolean): Promise<void>;
}

/** About ten milliseconds of work between two commits. */
const MAX_BATCH_WEIGHT = 50_000;

/** A commit costs the same for one point as for a hundred: points go with the next window, if one comes soon. */
const POINTS_WAIT_MILLIS = 1_000;

/** Puts the parts of an open store together. */
export async function createProfileStore(state: StoreState, surroundings: StoreSurroundings): Promise<ProfileStore> {
  const commits = createGroupCommit<Append, Appended>({
    async commit(appends) {
      const appended = await commitProfiles(state, appends);
      if (state.journal.isFull) file().catch((error: unknown) => state.log(`store: ${String(error)}`));
      return appended;
    },
    weightOf,
    maxBatchWeight: MAX_BATCH_WEIGHT,
    maxQueued: state.limits.maxQueued,
    patienceMillis: POINTS_WAIT_MILLIS,
  });
  const onDatabase = createTurns();
  /** Alone on the database, with all in it that is durable; commits go on. */
  const onTables: Exclusive = (task) =>
    onDatabase(async () => {
      await fileBatches(state);
      return task();
    });
  /** For what forgets entries of the dictionaries, which commits may be about to use. */
  const alone: Exclusive = (task) => commits.exclusive(() => onTables(task));
  let nextFiling: Promise<void> | null = null;
  /** One that waits for its turn is everybody's: it takes what is durable when it begins. */
  const file = (): Promise<void> => {
    nextFiling ??= onDatabase(() => {
      nextFiling = null;
      return fileBatches(state);
    });
    return nextFiling;
  };
  state.readFile = async (task) => {
    await state.journal.filed(file);
    return state.database.read(task);
  };
  const retention = await startRetention(state, alone, surroundings.diskSpace);
  const compaction = startCompaction(state, onTables, surroundings.diskSpace);
  const add = async (append: Append): Promise<Appended> => {
    if (state.full !== null) throw new AppError('store-full', state.full);
    return commits.add(append, { patient: append.points !== undefined });
  };
  let closing: Promise<void> | null = null;

  const close = async (): Promise<void> => {
    await retention.stop();
    await compaction.stop();
    await commits.close();
    await file().catch((error: unknown) => state.log(`store: ${String(error)}`));
    const clean = await state.gate.exclusive(() => closeFile(state));
    await surroundings.afterClose(clean);
  };
  return {
    append: (profile) => add({ profile }),
    async appendMetrics(points) {
      if (points.length > 0) await add({ points });
    },
    sumByStack: (selection, type) => sumByStack(state, selection, type),
    merge: (selection) => mergeWindows(state, selection),
    labelNames: async (within) => findLabelNames(state.dictionaries, within),
    labelValues: async (name, selector) => findLabelValues(state.dictionaries, name, selector),
    labelGroups: async (name, selector) => findLabelGroups(state.dictionaries, name, selector),
    kinds: async () => findKinds(state.dictionaries),
    series: (selection, options) => sumSeries(state, selection, options),
    metrics: (name, selector, options) => averagePoints(state, name, selector, options),
    sumByBlock: (selection, type, maxBlocks) => sumByBlock(state, selection, { type, maxBlocks }),
    extent: (selection) => findExtent(state, selection),
    listWindows: (selection) => listWindows(state, selection),
    readWindow: (selection, id) => readWindow(state, selection, id),
    pin: (selection) => alone(() => pinWindows(state, selection)),
    stats: () => readStats(state),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function readStats(state: StoreState): Promise<{ profiles: number; bytes: number; oldestMillis: number | null }> {
  return state.gate.read(async () => ({
    profiles: state.profiles,
    bytes:
      ((await stat(state.path).catch(() => null))?.size ?? 0) + (await state.database.logBytes()) + state.journal.bytes,
    oldestMillis: await state.readFile(async (connection) =>
      (await queryRows(connection, 'SELECT min(at_millis) FROM windows')).numberOrNull(0, 0),
    ),
  }));
}

async function closeFile(state: StoreState): Promise<boolean> {
  try {
    state.tables.close();
    await state.database.checkpoint();
    return !state.database.damaged;
  } catch (error) {
    state.log(`store: the last checkpoint failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    state.database.close();
    await state.journal.close();
  }
}
