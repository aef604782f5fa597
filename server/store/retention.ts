import type { DuckDBConnection } from '@duckdb/node-api';
import { findArrived } from './arrivals.ts';
import { queryRows } from './database.ts';
import { deleteWindows } from './delete-windows.ts';
import type { DiskSpace } from './disk-space.ts';
import type { Exclusive } from './group-commit.ts';
import { matchSeries } from './plan-query.ts';
import type { Selection } from './profile-store.ts';
import { type Rounds, startRounds } from './rounds.ts';
import type { StoreState } from './store-state.ts';
import { windowsWhere } from './window-range.ts';

/** Deleting starts at this share of the limit and ends at the next: the file keeps room for what is written meanwhile. */
const START_SHARE = 0.9;
const END_SHARE = 0.75;
/** How much older than the limit a window may get, so that age isn't a reason to delete every round. */
const AGE_SLACK = 0.01;

/** Looks at age, size and the disk now and then; the first look is over when it resolves. */
export async function startRetention(
  state: StoreState,
  exclusive: Exclusive,
  diskSpace: () => Promise<DiskSpace>,
): Promise<Rounds> {
  const round = (): Promise<void> =>
    exclusive(async () => {
      const pinnedOnly = await applyLimits(state).catch((error: unknown) => {
        state.log(`store: old profiles couldn't be removed: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      });
      setFull(state, (await findDiskShortage(state, diskSpace)) ?? pinnedOnly);
    }).catch((error: unknown) => {
      state.log(`store: ${error instanceof Error ? error.message : String(error)}`);
    });
  setFull(state, await findDiskShortage(state, diskSpace));
  return startRounds(state.clock, state.limits.retentionEveryMillis, round);
}

/** Windows of the selection stay until the store is removed. */
export async function pinWindows(state: StoreState, selection: Selection): Promise<void> {
  const matched = matchSeries(state.dictionaries, selection);
  if (matched.length === 0) return;
  const where = windowsWhere(
    matched.map(({ id }) => id),
    selection,
  );
  await state.database.writer.run(`UPDATE windows SET pinned = true WHERE ${where}`);
}

async function findDiskShortage(state: StoreState, diskSpace: () => Promise<DiskSpace>): Promise<string | null> {
  const { freeBytes, totalBytes } = await diskSpace();
  const { minFreeBytes, minFreeShare } = state.limits;
  if (freeBytes >= minFreeBytes && freeBytes >= totalBytes * minFreeShare) return null;
  const free = `${(freeBytes / 1024 ** 3).toFixed(2)} GB (${((100 * freeBytes) / totalBytes).toFixed(1)} %)`;
  return `the disk has ${free} left: nothing new is stored, what is stored stays; free some space`;
}

function setFull(state: StoreState, full: string | null): void {
  if (full !== state.full) state.log(`store: ${full ?? 'there is space again, profiles are stored'}`);
  state.full = full;
}

/** Deletes what is too old or too much; says why nothing more fits when only pinned windows are left. */
async function applyLimits(state: StoreState): Promise<string | null> {
  const { maxAgeMillis, maxBytes } = state.limits;
  const oldest = state.clock.now() - maxAgeMillis;
  const { writer } = state.database;
  const arrivedBefore = `id < ${await findArrived(state, oldest)}`;
  if (await hasOlder(writer, oldest - maxAgeMillis * AGE_SLACK, arrivedBefore))
    await deleteWindows(state, `at_millis < ${Math.floor(oldest)} AND ${arrivedBefore}`, oldest);
  if ((await usedBytes(state)) <= maxBytes * START_SHARE) return null;
  await state.database.checkpoint();
  for (;;) {
    const used = await usedBytes(state);
    if (used <= maxBytes * END_SHARE) return null;
    const before = await findCut(writer, 1 - (maxBytes * END_SHARE) / used);
    if (before === null)
      return used <= maxBytes ? null : `pinned profiles fill the store (${used} bytes): nothing new is stored`;
    await deleteWindows(state, `at_millis < ${before}`, before);
  }
}

/** Blocks in use and the log; free blocks inside the file are taken again before it grows. */
async function usedBytes({ database }: StoreState): Promise<number> {
  return (await database.usedBytes()) + (await database.logBytes());
}

async function hasOlder(connection: DuckDBConnection, millis: number, arrivedBefore: string): Promise<boolean> {
  const rows = await queryRows(
    connection,
    `SELECT (SELECT count(*) FROM windows WHERE NOT pinned AND at_millis < ${Math.floor(millis)} AND ${arrivedBefore})
       + (SELECT count(*) FROM points WHERE at_millis < ${Math.floor(millis)})`,
  );
  return rows.number(0, 0) > 0;
}

/** The start before which the oldest unpinned windows hold this share of the samples; null when there are none. */
async function findCut(connection: DuckDBConnection, share: number): Promise<number | null> {
  const rows = await queryRows(
    connection,
    `SELECT min(at_millis) + 1 FROM (SELECT at_millis, sum(samples + 1) OVER (ORDER BY at_millis, id) AS running, sum(samples + 1) OVER () AS total
       FROM windows WHERE NOT pinned) WHERE running >= total * ${share.toFixed(6)}`,
  );
  return rows.numberOrNull(0, 0);
}
