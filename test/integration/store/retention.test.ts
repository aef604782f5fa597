import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/clock.ts';
import { parseSelector } from '../../../server/store/index.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { drawnProfile, openTestStore, roundOver, select, sumsAsText, T0, type TestStore } from './store-fixture.ts';

/** A checkpoint writes what it moves before it frees the old place; in a store this small that is much of it. */
const CHECKPOINT_SPACE = 4 * 1024 ** 2;

const ROUND = { retentionEveryMillis: 1_000 };

const stacks = (from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => `main;f${from + at} ${at + 1} ${(at + 1) * 7919}`).join('\n');

describe('retention', () => {
  it('drops what is too old, with all that only it named, and keeps what is pinned', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: { ...ROUND, maxAgeMillis: 10_000 } });
    await store.append(drawnProfile('main;old {tenant=gone} 1 1', { timeMillis: T0, labels: { service: 'old' } }));
    await store.append(drawnProfile('main;kept 1 1', { timeMillis: T0, labels: { service: 'pinned' }, kind: 'heap' }));
    await store.append(drawnProfile('main;new 1 1', { timeMillis: T0 + 9_000, labels: { service: 'new' } }));
    await store.appendMetrics(
      [T0, T0 + 9_000].map((atMillis) => ({ name: 'rps', unit: '', labels: {}, atMillis, value: 1 })),
    );
    await store.pin(select('', { kind: 'heap' }));
    clock.advance(11_000);
    await roundOver(store);
    expect(await store.labelValues('service', [])).toEqual(['new', 'pinned']);
    expect(await store.labelNames()).toEqual(['service']);
    expect(sumsAsText(await store.sumByStack(select(), null))).toEqual(['main;new 1']);
    expect(sumsAsText(await store.sumByStack(select('', { kind: 'heap' }), null))).toEqual(['main;kept 1']);
    expect((await store.stats()).profiles).toBe(2);
    const { series } = await store.metrics('rps', [], { from: null, to: null, stepMillis: 1 });
    expect(series[0]?.points).toEqual([[T0 + 9_000, 1]]);
  });

  it('counts age from the arrival, so that what is pushed late, of an earlier time, stays as long as the rest', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: { ...ROUND, maxAgeMillis: 10_000 } });
    const push = (service: string, timeMillis: number) =>
      store.append(drawnProfile('main 1 1', { timeMillis, labels: { service } }));
    const kept = () => store.labelValues('service', []);
    const later = async (millis: number) => {
      clock.advance(millis);
      await roundOver(store);
    };
    await push('late', T0 - 1_000_000);
    await later(1_000);
    await later(8_000);
    expect(await kept()).toEqual(['late']);
    await push('later', T0 - 500_000);
    await later(1_000);
    await later(3_000);
    expect(await kept()).toEqual(['later']);
    await push('last', T0 + 13_000);
    await later(8_000);
    expect(await kept()).toEqual(['last']);
  });

  it('knows after a new start which old windows came late, by what was taken when they came', async () => {
    const clock = createHandClock(T0);
    const limits = { ...ROUND, maxAgeMillis: 10_000 };
    const store = await openTestStore({ clock, limits });
    const push = (service: string, timeMillis: number) =>
      store.append(drawnProfile('main 1 1', { timeMillis, labels: { service } }));
    await push('old', T0 - 20_000);
    await push('taken', T0);
    await push('late', T0 - 1_000_000);
    await store.close();
    const again = await openTestStore({ dir: store.dir, clock, limits });
    clock.advance(1_000);
    await roundOver(again);
    expect(await again.labelValues('service', [])).toEqual(['late', 'taken']);
  });

  it('stores what was forgotten anew when it comes again', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: { ...ROUND, maxAgeMillis: 10_000 } });
    const labels = { service: 'search' };
    await store.append(drawnProfile('main;a;b {tenant=t} 1 1', { timeMillis: T0, labels }));
    await store.append(drawnProfile('main;a;c 1 1', { timeMillis: T0 + 9_000, labels }));
    clock.advance(11_000);
    await roundOver(store);
    await store.append(drawnProfile('main;a;b {tenant=t} 2 2', { timeMillis: T0 + 9_500, labels }));
    const ask = async (from: TestStore) => [
      sumsAsText(await from.sumByStack(select(), null)),
      await from.labelValues('tenant', parseSelector('{service="search"}')),
    ];
    const expected = [['main;a;b 2', 'main;a;c 1'], ['t']];
    expect(await ask(store)).toEqual(expected);
    await store.close();
    expect(await ask(await openTestStore({ dir: store.dir, clock }))).toEqual(expected);
  });

  it('keeps the size of the file under its limit, oldest first, and gives space back', async () => {
    const clock = createHandClock(T0);
    const maxBytes = 1024 ** 2 / 2;
    const store = await openTestStore({ clock, limits: { ...ROUND, maxBytes } });
    let largest = 0;
    for (let at = 0; at < 30; at++) {
      await Promise.all(
        Array.from({ length: 4 }, (_, part) =>
          store.append(drawnProfile(stacks((at * 4 + part) * 200, 600), { timeMillis: T0 + at * 4 + part })),
        ),
      );
      clock.advance(1_000);
      await roundOver(store);
      largest = Math.max(largest, (await store.stats()).bytes);
    }
    const { profiles, oldestMillis } = await store.stats();
    expect(largest).toBeLessThanOrEqual(maxBytes + CHECKPOINT_SPACE);
    expect(profiles).toBeLessThan(120);
    expect(oldestMillis).toBe(T0 + 120 - profiles);
    const sums = await store.sumByStack(select(), 'samples');
    expect(sums.window.profiles).toBe(profiles);
    await store.close();
    const again = await openTestStore({ dir: store.dir, clock: systemClock });
    expect(sumsAsText(await again.sumByStack(select(), 'samples'))).toEqual(sumsAsText(sums));
  });

  it('takes nothing when pinned profiles fill the store, and says so', async () => {
    const clock = createHandClock(T0);
    const store = await openTestStore({ clock, limits: { ...ROUND, maxBytes: 10_000 } });
    await store.append(drawnProfile(stacks(0, 500), { timeMillis: T0 }));
    await store.pin(select());
    clock.advance(1_000);
    await roundOver(store);
    await expect(store.append(drawnProfile('main 1 1'))).rejects.toMatchObject({ code: 'store-full' });
    expect((await store.stats()).profiles).toBe(1);
  });
});

describe('a nearly full disk', () => {
  const GB = 1024 ** 3;

  it.each([
    ['under 1 GB', { freeBytes: 0.9 * GB, totalBytes: 10 * GB }],
    ['under 5 %', { freeBytes: 4 * GB, totalBytes: 100 * GB }],
  ])(
    'with %s left stops the store from taking more; what is stored stays; it goes on when there is space',
    async (_, shortage) => {
      const clock = createHandClock(T0);
      let space = { freeBytes: 50 * GB, totalBytes: 100 * GB };
      const store = await openTestStore({ clock, limits: ROUND, diskSpace: async () => space });
      await store.append(drawnProfile('main 1 1'));
      space = shortage;
      clock.advance(1_000);
      await roundOver(store);
      await expect(store.append(drawnProfile('main 1 1'))).rejects.toMatchObject({ code: 'store-full' });
      await expect(
        store.appendMetrics([{ name: 'n', unit: '', labels: {}, atMillis: T0, value: 1 }]),
      ).rejects.toMatchObject({
        code: 'store-full',
      });
      expect(sumsAsText(await store.sumByStack(select(), null))).toEqual(['main 1']);
      expect(store.lines.at(-1)).toContain('the disk has');
      space = { freeBytes: 50 * GB, totalBytes: 100 * GB };
      clock.advance(1_000);
      await roundOver(store);
      await store.append(drawnProfile('main 1 1'));
    },
  );
});
