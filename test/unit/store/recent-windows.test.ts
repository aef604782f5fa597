import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { StoredWindow } from '../../../server/store/entries.ts';
import { RecentWindows } from '../../../server/store/recent-windows.ts';

const window = (id: number, atMillis: number, samples = 1): StoredWindow => ({
  id,
  series: 7,
  header: 0,
  atMillis,
  timeNanos: 0n,
  durationNanos: 0n,
  period: 0n,
  requests: null,
  pinned: false,
  samples,
  types: 1,
  stacks: new Int32Array(samples),
  labelSets: new Int32Array(samples),
  values: new BigInt64Array(samples),
});

const LIMITS = { recentMillis: 100, recentBytes: 1_000_000 };
const ids = (windows: StoredWindow[] | undefined) => windows?.map(({ id }) => id);

describe('RecentWindows', () => {
  it('has all of a series until something leaves, then what starts later', () => {
    const recent = new RecentWindows(LIMITS);
    recent.add(window(1, 10), 1_000);
    recent.add(window(2, 20), 1_050);
    expect(ids(recent.find([7], null, null))).toEqual([1, 2]);
    recent.add(window(3, 30), 1_101);
    expect(recent.find([7], null, null)).toBeUndefined();
    expect(recent.find([7], 10, null)).toBeUndefined();
    expect(ids(recent.find([7], 11, 30))).toEqual([2]);
  });

  it('asks the file for what was there before it', () => {
    const recent = new RecentWindows(LIMITS);
    recent.startAfter(7, 500);
    recent.add(window(1, 400), 1_000);
    recent.add(window(2, 600), 1_000);
    expect(recent.find([7], 400, null)).toBeUndefined();
    expect(ids(recent.find([7], 501, null))).toEqual([2]);
    expect(ids(recent.find([8], null, null))).toEqual([]);
    expect(recent.find([7, 8], null, null)).toBeUndefined();
  });

  it('knows what it lost when windows came out of order', () => {
    const recent = new RecentWindows(LIMITS);
    recent.add(window(1, 90), 1_000);
    recent.add(window(2, 20), 1_001);
    recent.add(window(3, 95), 1_101);
    expect(recent.find([7], 20, null)).toBeUndefined();
    expect(ids(recent.find([7], 91, null))).toEqual([3]);
  });

  it('is bounded in bytes', () => {
    const recent = new RecentWindows({ ...LIMITS, recentBytes: 5_000 });
    recent.add(window(1, 1, 200), 1_000);
    recent.add(window(2, 2, 200), 1_000);
    expect(ids(recent.find([7], 2, null))).toEqual([2]);
    expect(recent.find([7], 1, null)).toBeUndefined();
  });

  it('forgets what was deleted', () => {
    const recent = new RecentWindows(LIMITS);
    recent.add(window(1, 10), 1_000);
    recent.add(window(2, 20), 1_000);
    recent.forget(({ id }) => id === 1);
    expect(ids(recent.find([7], null, null))).toEqual([2]);
  });

  it('keeps nothing in memory of what has left', async () => {
    const recent = new RecentWindows(LIMITS);
    const refs = [1, 2].map((id) => {
      const added = window(id, id);
      recent.add(added, 1_000 + id);
      return new WeakRef(added);
    });
    recent.add(window(3, 3), 1_101 + 1);
    await new Promise(setImmediate);
    collectGarbage();
    expect(refs.map((ref) => ref.deref()?.id)).toEqual([undefined, 2]);
  });
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
