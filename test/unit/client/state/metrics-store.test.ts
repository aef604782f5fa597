import { expect, test } from 'vitest';
import { createMetricsStore } from '../../../../client/state/index.ts';
import { joinPoints, type MetricPoint, recentPoints } from '../../../../client/state/metrics-store.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('overlapping runs of points are joined once', () => {
  const joined = joinPoints(
    [
      [1, 10],
      [2, 20],
      [3, 30],
    ],
    [
      [3, 31],
      [4, 40],
    ],
  );
  expect(joined).toEqual([
    [1, 10],
    [2, 20],
    [3, 31],
    [4, 40],
  ]);
});

test('a metric of many points a second reaches as far back as one of few', () => {
  const every = (step: number): MetricPoint[] =>
    Array.from({ length: 400_000 / step + 1 }, (_, i): MetricPoint => [i * step, i]);
  const cut = recentPoints({ p99: every(200), heap: every(1_000), stalled: [[100_000, 1]], empty: [] });
  expect(cut.p99?.at(0)?.[0]).toBe(280_000);
  expect(cut.heap?.at(0)?.[0]).toBe(280_000);
  expect(cut.heap).toHaveLength(121);
  expect([cut.stalled, cut.empty]).toEqual([[], []]);
});

test('points at an impossible rate are bounded', () => {
  const burst = Array.from({ length: 20_000 }, (_, i): MetricPoint => [1_000, i]);
  expect(recentPoints({ burst }).burst).toHaveLength(5_000);
});

test('stored points come before live ones, whichever arrives first; other instances are left out', async () => {
  const metrics = createMetricsStore(
    {
      readMetric: async (name) => ({
        unit: 'x',
        series: name === 'goroutines' ? [{ labels: {}, points: [[1, 5]] }] : [],
      }),
    },
    createHandClock(),
  );
  metrics.follow(['a']);
  metrics.notice({ instance: 'a', atMillis: 2, values: { goroutines: 6 } });
  metrics.notice({ instance: 'b', atMillis: 2, values: { goroutines: 7 } });
  await settled();
  const { points } = metrics.store.get();
  expect(points.a?.goroutines).toEqual([
    [1, 5],
    [2, 6],
  ]);
  expect(points.b).toBeUndefined();
});

test('an instance that is no longer shown is forgotten, and its late answer with it', async () => {
  const metrics = createMetricsStore(
    { readMetric: async () => ({ unit: 'x', series: [{ labels: {}, points: [[1, 5]] }] }) },
    createHandClock(),
  );
  metrics.follow(['a']);
  metrics.follow(['b']);
  await settled();
  expect(Object.keys(metrics.store.get().points)).toEqual(['b']);
});
