import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from './database.ts';
import type { DiskSpace } from './disk-space.ts';
import type { Exclusive } from './group-commit.ts';
import { PACKED_ENTRIES, packEntries } from './pack-entries.ts';
import { type Rounds, startRounds } from './rounds.ts';
import { COUNT_SQL } from './schema.ts';
import type { StoreState } from './store-state.ts';
import { inWriteTransaction } from './table-writer.ts';

/** A longer log makes the next start slower. */
const MOST_LOG_BYTES = 16 * 1024 ** 2;
/** What a round writes before it gives anything back is far less than this and so often the log. */
const ROOM_BYTES = 64 * 1024 ** 2;
const ROOM_PER_LOG = 4;

/**
 * Rows arrive by time with all series mixed, so that a question about one service would read everybody's rows. Rounds in the
 * background write them again, ordered by series, a bounded number at a time: one transaction each, between two commits.
 *
 *     arrived    a1 b1 c1 a2 b2 c2 │ a3 b3 c3        compacted    a1 a2 b1 b2 c1 c2 │ a3 b3 c3        1, 2, 3 windows
 *
 * Equal neighbours take less space, too. A round also puts the small chunks of entries that commits wrote into full ones, and moves the log into the file; it does nothing while the disk lacks room. What stands in order is never written again, save when old windows are deleted.
 */
export function startCompaction(state: StoreState, exclusive: Exclusive, diskSpace: () => Promise<DiskSpace>): Rounds {
  const { clock, limits } = state;
  let newest = state.nextWindow;
  let changedMillis = clock.now();

  const isQuiet = (): boolean => {
    if (newest !== state.nextWindow) changedMillis = clock.now();
    newest = state.nextWindow;
    return clock.now() - changedMillis >= limits.quietMillis;
  };
  const ifRoom = (task: () => Promise<void>) =>
    exclusive(async () => {
      const needed = ROOM_BYTES + ROOM_PER_LOG * (await state.database.logBytes());
      if ((await diskSpace()).freeBytes >= needed) await task();
    });
  return startRounds(clock, limits.compactEveryMillis, async () => {
    try {
      const quiet = isQuiet();
      const rows = state.looseRows + state.journal.size;
      // Packing takes a second, and of few entries it would have to be done again with the next ones.
      const packs = state.looseEntries >= PACKED_ENTRIES || (quiet && state.looseEntries + state.journal.size > 0);
      if (packs || rows >= limits.compactRows || (quiet && rows > 0)) await ifRoom(() => compactOnce(state, packs));
      else if ((await state.database.logBytes()) > MOST_LOG_BYTES) await ifRoom(() => state.database.checkpoint());
    } catch (error) {
      state.log(`store: profiles couldn't be compacted: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

/** Rows that are to be put in order, of all samples once: those of other banks go with them. */
export async function countLooseRows(connection: DuckDBConnection): Promise<number> {
  return (await queryRows(connection, 'SELECT count(*) FROM new_samples WHERE bank = 0')).number(0, 0);
}

/** Entries in chunks as commits wrote them. */
export async function countLooseEntries(connection: DuckDBConnection): Promise<number> {
  return (await queryRows(connection, `SELECT sum(${COUNT_SQL}) FROM new_entries`)).number(0, 0);
}

/** Puts the next rows in order, at most `compactRows` of whole windows, and moves the log into the file. To be run alone. */
async function compactOnce(state: StoreState, packs: boolean): Promise<void> {
  const { writer } = state.database;
  const next = await findNext(state);
  if (next === null) state.looseRows = 0;
  if (next === null && !packs) return;
  state.onWork('compaction', 'begins');
  const packed = await inWriteTransaction(state, async () => {
    if (next !== null) await orderRows(writer, next.upTo);
    return packs ? packEntries(state) : { isLast: false };
  });
  state.looseRows -= next?.rows ?? 0;
  if (packed.isLast) state.looseEntries = 0;
  await state.database.checkpoint();
  state.onWork('compaction', 'ends');
}

/**
 * By series, so that a question about one finds its rows together. Then so that likes are neighbours: small counts apart from
 * others, samples with one set of labels, then those of one stack. That takes 3 bytes a row; ordered by window it were 4.
 */
const ROW_ORDER = 'series, bank, least(v0, 8), label_set, stack, win';

async function orderRows(writer: DuckDBConnection, upTo: number): Promise<void> {
  const moving = `FROM new_samples WHERE win <= ${upTo}`;
  await writer.run(`INSERT INTO ordered_samples SELECT * ${moving} ORDER BY ${ROW_ORDER}`);
  await writer.run(`DELETE ${moving}`);
}

/** The windows whose turn it is, always one; null when all are compacted. */
async function findNext({ database, limits }: StoreState): Promise<{ upTo: number; rows: number } | null> {
  const rows = await queryRows(
    database.writer,
    `SELECT max(win), sum(samples) FROM (
       SELECT win, samples, sum(samples) OVER (ORDER BY win) AS running
       FROM (SELECT win, count(*) AS samples FROM new_samples WHERE bank = 0 GROUP BY win))
     WHERE running <= ${limits.compactRows} OR running = samples`,
  );
  const upTo = rows.numberOrNull(0, 0);
  return upTo === null ? null : { upTo, rows: rows.number(1, 0) };
}
