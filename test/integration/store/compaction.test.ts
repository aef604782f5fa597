import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import type { NewProfile, StoreLimits } from '../../../server/store/index.ts';
import { loadDictionaries } from '../../../server/store/load-dictionaries.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import {
  cellsAsText,
  drawnProfile,
  openTestStore,
  roundOver,
  select,
  sumsAsText,
  T0,
  type TestStore,
} from './store-fixture.ts';

const EVERY = 1_000;
const LIMITS: Partial<StoreLimits> = {
  compactEveryMillis: EVERY,
  compactRows: 12,
  quietMillis: 60_000,
  retentionEveryMillis: 1e9,
  recentBytes: 0,
};

/** Two rows each; every third window belongs to the same service. */
const fleetProfile = (number: number, timeMillis = T0 + number): NewProfile =>
  drawnProfile(`main;a${number % 5} {tenant=t${number % 2}} ${number + 1} 1\nmain;b 2 7`, {
    timeMillis,
    labels: { service: ['search', 'reports', 'checkout'][number % 3] ?? '' },
    requests: 3,
  });

/** What people ask, of everything and of a part. */
async function askAll(store: TestStore) {
  const part = select('{service="search",tenant="t1"}', { from: T0 + 3, to: T0 + 30 });
  return {
    all: sumsAsText(await store.sumByStack(select(), null)),
    window: (await store.sumByStack(select(), null)).window,
    part: sumsAsText(await store.sumByStack(part, 'samples')),
    blocks: cellsAsText(await store.sumByBlock(select('{service="search"}'), null, 4)),
    series: await store.series(select(), { type: null, stepMillis: 10, by: ['service', 'tenant'] }),
    merged: (await store.merge(select())).samples.count,
    extent: await store.extent(select()),
    stats: (await store.stats()).profiles,
  };
}

/** Services in the order of their rows in the file, equal neighbours once. */
async function servicesInOrder(dir: string): Promise<string> {
  const instance = await DuckDBInstance.create(join(dir, 'profiles.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = await connection.run(
    `SELECT series FROM (SELECT series, 0 AS part, rowid AS place FROM ordered_samples
       UNION ALL SELECT series, 1, rowid FROM new_samples) ORDER BY part, place`,
  );
  const { series } = await loadDictionaries(connection);
  const names = (await rows.getRows()).map(([id]) => series.get(Number(id)).labels.service?.[0] ?? '?');
  connection.closeSync();
  instance.closeSync();
  return names.filter((name, at) => name !== names[at - 1]).join('');
}

/** Chunks that no compaction has seen yet, the most that one dictionary has, and entries in all. */
async function chunksOf(dir: string): Promise<{ waiting: number; mostOfOne: number; entries: number }> {
  const instance = await DuckDBInstance.create(join(dir, 'profiles.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(
    `SELECT (SELECT count(*) FROM new_entries), max(chunks), sum(entries)
     FROM (SELECT count(*) AS chunks, sum(count) AS entries FROM entries GROUP BY dictionary)`,
  );
  connection.closeSync();
  instance.closeSync();
  const [waiting, mostOfOne, entries] = (rows.getRows()[0] ?? []).map(Number);
  return { waiting: waiting ?? -1, mostOfOne: mostOfOne ?? -1, entries: entries ?? -1 };
}

describe('compaction', () => {
  it('puts rows in the order of their series, so many at a time, and changes no answer', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: LIMITS });
    for (let number = 0; number < 20; number++) await store.append(fleetProfile(number));
    const before = await askAll(store);
    for (let round = 0; round < 5; round++) {
      clock.advance(EVERY);
      await roundOver(store);
    }
    expect(await askAll(store)).toEqual(before);
    await store.close();
    expect(await servicesInOrder(store.dir)).toBe(`${'src'.repeat(3)}sr`);
    expect(await askAll(await openTestStore({ dir: store.dir }))).toEqual(before);
  });

  it('waits for enough rows, or for quiet', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: { ...LIMITS, compactRows: 1_000 } });
    for (let number = 0; number < 6; number++) await store.append(fleetProfile(number));
    clock.advance(EVERY);
    await roundOver(store);
    const early = await sizeOfLog(store);
    expect(early).toBeGreaterThan(0);
    clock.advance(60_000);
    while ((await sizeOfLog(store)) > 0) {
      clock.advance(EVERY);
      await roundOver(store);
    }
    await store.close();
    expect(await servicesInOrder(store.dir)).toBe('src');
  });

  it('goes on where it was after a new start', async () => {
    const first = await openTestStore({ clock: createHandClock(T0) });
    for (let number = 0; number < 6; number++) await first.append(fleetProfile(number));
    await first.close();
    const clock = createHandClock(T0);
    const second = await openTestStore({ dir: first.dir, clock, limits: LIMITS });
    const before = await askAll(second);
    clock.advance(EVERY);
    await roundOver(second);
    for (let number = 6; number < 9; number++) await second.append(fleetProfile(number));
    await second.close();
    expect(await servicesInOrder(first.dir)).toBe('srcsrc');
    const third = await openTestStore({ dir: first.dir, clock, limits: { ...LIMITS, quietMillis: 0 } });
    clock.advance(EVERY);
    await roundOver(third);
    expect((await third.stats()).profiles).toBe(9);
    expect(before.stats).toBe(6);
    await third.close();
    expect(await servicesInOrder(first.dir)).toBe('srcsrc');
  });

  it('takes a window that alone has more rows than a round', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: { ...LIMITS, compactRows: 3 } });
    const wide = Array.from({ length: 9 }, (_, at) => `main;w${at} 1 1`).join('\n');
    for (const timeMillis of [T0, T0 + 1]) await store.append(drawnProfile(wide, { timeMillis }));
    const before = await askAll(store);
    for (let round = 0; round < 3; round++) {
      clock.advance(EVERY);
      await roundOver(store);
    }
    expect(await askAll(store)).toEqual(before);
  });

  it('keeps windows that arrived out of their order where questions find them', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: LIMITS });
    for (let number = 0; number < 8; number++) await store.append(fleetProfile(number, T0 + 10_000 - number * 1_000));
    const range = { from: T0 + 4_000, to: T0 + 8_000 };
    const ask = async () => [
      sumsAsText(await store.sumByStack(select('', range), 'samples')),
      (await store.merge(select('', range))).samples.count,
    ];
    const before = await ask();
    clock.advance(EVERY);
    await roundOver(store);
    expect(await ask()).toEqual(before);
  });

  it('packs the chunks of entries that commits wrote, and deleting takes dead ones out of packed ones', async () => {
    const clock = createHandClock(T0);
    const limits = { ...LIMITS, retentionEveryMillis: 5_000, maxAgeMillis: 100_000, quietMillis: 0 };
    const store = await openTestStore({ clock, limits });
    for (let number = 0; number < 9; number++) await store.append(fleetProfile(number));
    await store.append(drawnProfile('main;late;b {tenant=t0} 4 1', { timeMillis: T0 + 150_000 }));
    const before = await askAll(store);
    for (let round = 0; round < 3; round++) {
      clock.advance(EVERY);
      await roundOver(store);
    }
    expect(await askAll(store)).toEqual(before);
    await store.close();
    const packed = await chunksOf(store.dir);
    expect(packed).toMatchObject({ waiting: 0, mostOfOne: 1 });
    const second = await openTestStore({ dir: store.dir, clock, limits });
    expect(await askAll(second)).toEqual(before);
    clock.advance(120_000);
    await roundOver(second);
    const after = await askAll(second);
    expect(after.all).toEqual(['main;late;b 1']);
    await second.close();
    expect((await chunksOf(store.dir)).entries).toBeLessThan(packed.entries);
    expect(await askAll(await openTestStore({ dir: store.dir }))).toEqual(after);
  });

  it('waits while the disk lacks room for what it writes first', async () => {
    const clock = createHandClock(T0);
    let freeBytes = 50e6;
    const diskSpace = async () => ({ freeBytes, totalBytes: 1e9 });
    const limits = { ...LIMITS, minFreeBytes: 0, minFreeShare: 0 };
    const store = await openTestStore({ clock, limits, diskSpace });
    for (let number = 0; number < 6; number++) await store.append(fleetProfile(number));
    clock.advance(EVERY);
    await roundOver(store);
    const before = await sizeOfLog(store);
    freeBytes = 500e6;
    clock.advance(EVERY);
    await roundOver(store);
    expect([before > 0, await sizeOfLog(store)]).toEqual([true, 0]);
    expect((await askAll(store)).stats).toBe(6);
  });

  it('leaves deleting to retention, and pinned windows to stay', async () => {
    const clock = createHandClock(T0);
    const limits = { ...LIMITS, retentionEveryMillis: 5_000, maxAgeMillis: 100_000 };
    const store = await openTestStore({ clock, limits });
    for (let number = 0; number < 9; number++) await store.append(fleetProfile(number));
    await store.pin(select('{service="reports"}', { to: T0 + 6 }));
    clock.advance(EVERY);
    await roundOver(store);
    clock.advance(200_000);
    await roundOver(store);
    await store.append(fleetProfile(1, T0 + 200_000));
    expect(await store.labelValues('service', [])).toEqual(['reports']);
    expect((await store.extent(select())).profiles).toBe(3);
    await store.close();
    expect((await (await openTestStore({ dir: store.dir })).extent(select())).profiles).toBe(3);
  });
});

async function sizeOfLog(store: TestStore): Promise<number> {
  return (await stat(join(store.dir, 'profiles.duckdb.wal')).catch(() => null))?.size ?? 0;
}
