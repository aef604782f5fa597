import { expect, test } from 'vitest';
import type { Metric } from '../../../../client/timeline/metric-strip-props.ts';
import { linePath, pointNear, timeAxis, topOf } from '../../../../client/timeline/strip-geometry.ts';

const axis = { from: 0, to: 100 };
const metric = (points: Metric['series'][number]['points']): Metric => ({
  name: 'heap',
  title: 'Heap',
  unit: 'bytes',
  series: [{ side: 'after', points }],
});

test('the worked example', () => {
  const points = [
    [0, 0],
    [50, 10],
    [100, 5],
  ] as const;
  expect(linePath(points, axis, 10)).toBe('M0,100 L50,0 L100,50');
});

test('where nothing was measured the line has a gap', () => {
  const points = [
    [0, 1],
    [1, 1],
    [2, 1],
    [90, 1],
    [91, 1],
  ] as const;
  expect(linePath(points, axis, 1).match(/M/g)).toHaveLength(2);
});

test('all strips share one axis', () => {
  const metrics = [
    metric([
      [10, 1],
      [20, 1],
    ]),
    metric([
      [5, 1],
      [12, 1],
    ]),
  ];
  expect(timeAxis(metrics, {})).toEqual({ from: 5, to: 20 });
  expect(timeAxis(metrics, { from: 0, to: 50 })).toEqual({ from: 0, to: 50 });
  expect(timeAxis([metric([])], {})).toBeNull();
});

test('zero is always at the bottom, and a flat zero has a top', () => {
  expect(topOf(metric([[0, 0]]).series)).toBe(1);
  expect(
    topOf(
      metric([
        [0, 50],
        [1, 100],
      ]).series,
    ),
  ).toBeCloseTo(108);
});

test('finds the point nearest in time', () => {
  const points = [
    [0, 1],
    [10, 2],
    [20, 3],
  ] as const;
  expect([-5, 4, 6, 14, 99].map((time) => pointNear(points, time)?.[1])).toEqual([1, 1, 2, 2, 3]);
  expect(pointNear([], 1)).toBeUndefined();
});
