import { expect, test } from 'vitest';
import { againstBefore, shifted, spanChosen, spanOf, stepFrom } from '../../../../client/explore/time-travel.ts';
import { DEFAULT_QUERY, type ExploreQuery } from '../../../../client/state/explore-query.ts';

const NOW = 10_000_000;
const fixed: ExploreQuery = { ...DEFAULT_QUERY, live: null, from: 2_000, to: 4_000, axis: { from: 1_000, to: 6_000 } };
const noSeries = { readSeries: () => Promise.reject(new Error('nothing is asked for whole windows')) };

test('a window steps by its own length; the axis stays while it holds the window', () => {
  expect(shifted(fixed, NOW, 'forward')).toEqual({ from: 4_000, to: 6_000, live: null, axis: fixed.axis });
  expect(shifted(fixed, NOW, 'back')).toEqual({ from: 0, to: 2_000, live: null, axis: null });
});

test('a live window steps back into a fixed one; nothing steps into the future, before all time, or without a start', () => {
  expect(shifted(DEFAULT_QUERY, NOW, 'back')).toEqual({
    from: NOW - 600_000,
    to: NOW - 300_000,
    live: null,
    axis: null,
  });
  expect(shifted(DEFAULT_QUERY, NOW, 'forward')).toBeNull();
  expect(shifted({ ...fixed, from: null }, NOW, 'back')).toBeNull();
  expect(shifted({ ...fixed, from: 1_000 }, NOW, 'back')).toBeNull();
});

test('one profile steps to the next profile, however far', async () => {
  const one = { ...fixed, from: 1_000, to: 1_001 };
  const asked: unknown[] = [];
  const api = {
    readSeries: async ({
      from,
      to,
      stepMillis,
    }: {
      from: number | null;
      to: number | null;
      stepMillis: number | null;
    }) => {
      asked.push([from, to, stepMillis]);
      const points: [number, number][] = (from ?? 0) <= 62_000 && (to ?? 0) > 62_000 ? [[62_000, 7]] : [];
      return { unit: 'count', series: [{ labels: { instance: 'a' }, points }] };
    },
  };
  expect(await stepFrom(api, one, NOW, 'forward')).toEqual({ from: 62_000, to: 62_001, live: null });
  expect(asked[0]).toEqual([1_001, 11_001, 1]);
  expect(await stepFrom(noSeries, fixed, NOW, 'forward')).toMatchObject({ from: 4_000 });
});

test('a preset is the window, or with a comparison only the axis', () => {
  expect(spanChosen(DEFAULT_QUERY, '1h', NOW, null)).toEqual({ live: '1h', axis: null });
  expect(spanChosen(fixed, '5m', NOW, null)).toEqual({ from: NOW - 300_000, to: NOW, axis: null });
  expect(spanChosen(fixed, 'all', NOW, null)).toEqual({ from: null, to: null, axis: null });
  const compared = { ...fixed, b: { match: null, from: 1, to: 2 } };
  expect(spanChosen(compared, 'all', NOW, { from: 1, to: 9 })).toEqual({ axis: { from: 1, to: 9 } });
  expect([spanOf(DEFAULT_QUERY), spanOf({ ...fixed, axis: null, from: 0, to: 300_000 }), spanOf(fixed)]).toEqual([
    '5m',
    '5m',
    null,
  ]);
});

test('what was just before is the first side', () => {
  expect(againstBefore(DEFAULT_QUERY, NOW)).toEqual({
    from: NOW - 600_000,
    to: NOW - 300_000,
    live: null,
    axis: null,
    b: { match: null, from: NOW - 300_000, to: NOW },
  });
});
