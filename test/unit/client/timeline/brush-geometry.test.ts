import { expect, test } from 'vitest';
import { columnsBetween, columnsPath, placeOf, timeAt, timeTicks } from '../../../../client/timeline/brush-geometry.ts';

const AXIS = { from: 1_000, to: 11_000 };

test('a drag takes the whole columns that it touches, in either direction, as far as the axis goes', () => {
  expect(columnsBetween(2_500, 4_100, 1_000, AXIS)).toEqual({ from: 2_000, to: 5_000 });
  expect(columnsBetween(4_100, 2_500, 1_000, AXIS)).toEqual({ from: 2_000, to: 5_000 });
  expect(columnsBetween(0, 99_000, 1_000, AXIS)).toEqual({ from: 1_000, to: 11_000 });
  expect([timeAt(0.5, AXIS), timeAt(-1, AXIS), timeAt(2, AXIS)]).toEqual([6_000, 1_000, 11_000]);
});

test('a span lies where its moments are; what is outside of the axis is not drawn', () => {
  expect(placeOf({ from: 2_000, to: 4_000 }, AXIS)).toEqual({ left: 10, width: 20 });
  expect(placeOf({ from: 0, to: 99_000 }, AXIS)).toEqual({ left: 0, width: 100 });
  expect(placeOf({ from: 20_000, to: 30_000 }, AXIS)).toBeNull();
});

test('columns stand on the bottom; a measured nothing is a line, nothing measured is not', () => {
  expect(
    columnsPath(
      [
        [0, 4],
        [5, 2],
      ],
      { from: 0, to: 10 },
      5,
      4,
    ),
  ).toBe('M0,100V0H45V100ZM50,100V50H95V100Z');
  expect(columnsPath([[0, 0]], { from: 0, to: 10 }, 5, 4)).toBe('M0,100V99H45V100Z');
  expect(columnsPath([[50, 1]], { from: 0, to: 10 }, 5, 4)).toBe('');
});

test('ticks are round moments, with seconds, days and years where they are needed', () => {
  const start = new Date(2026, 0, 2, 14, 3, 7).getTime();
  const labels = (millis: number, most: number) =>
    timeTicks({ from: start, to: start + millis }, most).map(({ label }) => label);
  expect(labels(60_000, 4)).toEqual(['14:03:15', '14:03:30', '14:03:45', '14:04:00']);
  expect(labels(300_000, 8)).toEqual(['14:04', '14:05', '14:06', '14:07', '14:08']);
  expect(labels(3 * 86_400_000, 4)).toEqual(['3 Jan', '4 Jan', '5 Jan']);
  const years = labels(2 * 365 * 86_400_000, 3).map((label) => label.split(' ').at(-1));
  expect(years).toEqual(['2026', '2027', '2027']);
  const newYear = new Date(2025, 11, 31, 23, 0).getTime();
  const overNewYear = timeTicks({ from: newYear, to: newYear + 2 * 86_400_000 }, 2).map(({ label }) => label);
  expect(overNewYear[0]).toMatch(/^1 Jan 2026/);
});
