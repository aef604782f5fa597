import { expect, test } from 'vitest';
import { DEFAULT_QUERY } from '../../../../client/state/explore-query.ts';
import { axisOf, stepOf } from '../../../../client/state/explore-windows.ts';
import { findProfileNear } from '../../../../client/state/find-profile.ts';
import { acrossServices, servicesOf } from '../../../../client/state/timeline-store.ts';

test('versions of a service add up; each version but the first is a deploy', () => {
  const rows = servicesOf({
    unit: 'nanoseconds',
    series: [
      {
        labels: { service: 'search', version: 'v2' },
        points: [
          [3, 2],
          [4, 2],
        ],
      },
      {
        labels: { service: 'search', version: 'v1' },
        points: [
          [1, 3],
          [2, 3],
          [3, 1],
        ],
      },
      { labels: { service: 'cart', version: 'v9' }, points: [[2, 5]] },
      { labels: {}, points: [[1, 1]] },
    ],
  });
  expect(rows).toEqual([
    { service: '', points: [[1, 1]], deploys: [] },
    { service: 'cart', points: [[2, 5]], deploys: [] },
    {
      service: 'search',
      points: [
        [1, 3],
        [2, 3],
        [3, 3],
        [4, 2],
      ],
      deploys: [{ atMillis: 3, version: 'v2' }],
    },
  ]);
});

test('two versions that are both there from the start are no deploy', () => {
  const both = (version: string) => ({ labels: { service: 's', version }, points: [[1, 1]] as [number, number][] });
  expect(servicesOf({ unit: '', series: [both('v1'), both('v2')] })[0]?.deploys).toEqual([]);
});

test('one chosen service doesn’t take the others off the timeline', () => {
  expect(acrossServices('{service="a", instance="a-1", tenant="t"}')).toBe('{tenant="t"}');
  expect(acrossServices('{service=~"a|b"}')).toBe('{service=~"a|b"}');
  expect(acrossServices('{service=')).toBe('{service=');
});

const fixed = { ...DEFAULT_QUERY, live: null };
const NOW = 100_000_000;

test('the axis has room around its windows, and ends no later than now or they do', () => {
  expect(axisOf({ ...fixed, from: 1_000_000, to: 1_200_000 }, NOW)).toEqual({ from: 900_000, to: 1_300_000 });
  const second = { match: null, from: 1_400_000, to: 1_500_000 };
  expect(axisOf({ ...fixed, from: 1_000_000, to: 1_200_000, b: second }, NOW)).toEqual({
    from: 750_000,
    to: 1_750_000,
  });
  expect(axisOf({ ...fixed, from: NOW - 1_000, to: null }, NOW)).toEqual({ from: NOW - 31_000, to: NOW });
  expect(axisOf({ ...fixed, to: 5 }, NOW)).toBeNull();
  expect(axisOf(DEFAULT_QUERY, NOW)).toEqual({ from: NOW - 300_000, to: NOW });
});

test('columns are of a round length, at most 240 of them', () => {
  expect([300_000, 900_000, 3_600_000, 7 * 86_400_000].map((to) => stepOf({ from: 0, to }) / 1_000)).toEqual([
    2, 5, 15, 3_600,
  ]);
  expect(stepOf({ from: 0, to: 1_000 * 86_400_000 })).toBe(5 * 86_400_000);
});

test('the profile nearest to a moment is found in a column of any length, to the millisecond', async () => {
  const starts = [3_600_000, 3_650_123, 3_651_000, 6_000_000];
  const asked: number[] = [];
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
      const step = stepMillis ?? 1;
      asked.push(step);
      const within = starts.filter((start) => start >= (from ?? 0) && start < (to ?? 0));
      const points = within.map((start): [number, number] => [Math.floor(start / step) * step, 1]);
      return { unit: '', series: [{ labels: { instance: 'a-1' }, points }] };
    },
  };
  const search = { kind: 'cpu', type: null, match: '' };
  const hour = { from: 3_600_000, to: 7_200_000 };
  expect(await findProfileNear(api, search, { ...hour, near: 3_650_300 })).toEqual({
    atMillis: 3_650_123,
    instance: 'a-1',
  });
  expect(asked).toEqual([360, 1]);
  expect(await findProfileNear(api, search, { from: 7_000_000, to: 7_000_900, near: 7_000_000 })).toBeNull();
});
