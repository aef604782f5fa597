import type { DuckDBConnection } from '@duckdb/node-api';
import { inTransaction, queryRows } from './database.ts';
import type { DiskSpace } from './disk-space.ts';
import type { Exclusive } from './group-commit.ts';
import { type Rounds, startRounds } from './rounds.ts';
import type { StoreState } from './store-state.ts';

/** A longer log makes the next start slower. */
const MOST_LOG_BYTES = 16 * 1024 ** 2;
/** What a round writes before it gives anything back is far less than this and so often the log. */
const ROOM_BYTES = 64 * 1024 ** 2;
const ROOM_PER_LOG = 4;

/**
 * Rows arrive by time with all series mixed, so that a question about one service would read everybody's rows. Rounds in the
 * background write them again, ordered by series, a bounded number at a time: one transaction each, between two commits.
 *
 *     arrived    a1 b1 c1 a2 b2 c2 │ a3 b3 c3        compacted    a1 a2 b1 b2 c1 c2 │ a3 b3 c3
 *
 * Equal neighbours take less space, too. A round also moves the log into the file; it does nothing while the disk lacks room. What stands in order is never written again, save when old windows are deleted.
 */
export function startCompaction(state: StoreState, exclusive: Exclusive, diskSpace: () => Promise<DiskSpace>): Rounds {
  const { clock, limits } = state;
  let newest = state.nextWindow;
  let changedMillis = clock.now();

  const isDue = (): boolean => {
    if (newest !== state.nextWindow) changedMillis = clock.now();
    newest = state.nextWindow;
    const isQuiet = clock.now() - changedMillis >= limits.quietMillis;
    return state.looseRows >= limits.compactRows || (isQuiet && state.looseRows > 0);
  };
  const ifRoom = (task: () => Promise<void>) =>
    exclusive(async () => {
      const needed = ROOM_BYTES + ROOM_PER_LOG * (await state.database.logBytes());
      if ((await diskSpace()).freeBytes >= needed) await task();
    });
  return startRounds(clock, limits.compactEveryMillis, async () => {
    try {
      if (isDue()) await ifRoom(() => compactOnce(state));
      else if ((await state.database.logBytes()) > MOST_LOG_BYTES) await ifRoom(() => state.database.checkpoint());
    } catch (error) {
      state.log(`store: profiles couldn't be compacted: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

/** How far compaction has come in the file. */
export async function loadCompaction(
  connection: DuckDBConnection,
): Promise<Pick<StoreState, 'compactedTo' | 'looseRows'>> {
  const marks = await queryRows(connection, 'SELECT coalesce(max(up_to), 0) FROM compacted');
  const compactedTo = marks.number(0, 0);
  const loose = await queryRows(connection, `SELECT sum(samples) FROM windows WHERE id > ${compactedTo}`);
  return { compactedTo, looseRows: loose.number(0, 0) };
}

/** Puts the next rows in order, at most `compactRows` of whole windows, and the log into the file. To be run alone. */
async function compactOnce(state: StoreState): Promise<void> {
  const { writer } = state.database;
  const next = await findNext(state);
  if (next === null) {
    state.looseRows = 0;
    return;
  }
  const range = `win > ${state.compactedTo} AND win <= ${next.upTo}`;
  state.onWork('compaction', 'begins');
  await inTransaction(writer, async () => {
    await writer.run(`CREATE OR REPLACE TEMP TABLE moving AS SELECT * FROM samples WHERE ${range}`);
    await writer.run(`DELETE FROM samples WHERE ${range}`);
    await writer.run('INSERT INTO samples SELECT * FROM moving ORDER BY series, bank, win, stack');
    await writer.run('DROP TABLE moving');
    await writer.run('DELETE FROM compacted');
    await writer.run(`INSERT INTO compacted VALUES (${next.upTo})`);
  });
  state.compactedTo = next.upTo;
  state.looseRows -= next.rows;
  await state.database.checkpoint();
  state.onWork('compaction', 'ends');
}

/** The windows whose turn it is, always one; null when all are compacted. */
async function findNext(state: StoreState): Promise<{ readonly upTo: number; readonly rows: number } | null> {
  const rows = await queryRows(
    state.database.writer,
    `SELECT max(id), sum(samples) FROM (
       SELECT id, samples, sum(samples) OVER (ORDER BY id) AS running
       FROM (SELECT id, samples FROM windows WHERE id > ${state.compactedTo} ORDER BY id LIMIT ${state.limits.compactRows}))
     WHERE running <= ${state.limits.compactRows} OR running = samples`,
  );
  const upTo = rows.numberOrNull(0, 0);
  return upTo === null ? null : { upTo, rows: rows.number(1, 0) };
}
