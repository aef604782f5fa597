import { expect, test } from 'vitest';
import { labelBreakdown } from '../../../protocol/index.ts';
import { breakDown } from '../../../server/http/break-down.ts';

const series = (amount: number, labels: Record<string, string>) => ({
  labels,
  points: [[0, amount]] as [number, number][],
});

test('shares the whole out among the values of each label; what lacks a label is a value too', () => {
  const table = {
    unit: 'nanoseconds',
    series: [
      series(1, { service: 'a', tenant: 'x', zone: '' }),
      series(5, { service: 'a', tenant: '', zone: '' }),
      series(3, { service: 'b', tenant: 'x', zone: '' }),
    ],
  };
  const answer = breakDown(table, ['service', 'tenant', 'zone'], new Map());
  expect(labelBreakdown.parse(answer)).toEqual(answer);
  expect(answer).toEqual({
    unit: 'nanoseconds',
    total: 9,
    labels: [
      { name: 'service', values: [v('a', 6), v('b', 3)], rest: { values: 0, amount: 0 } },
      { name: 'tenant', values: [v('', 5), v('x', 4)], rest: { values: 0, amount: 0 } },
    ],
  });
});

test('counts values beyond the first hundred, with what they amount to', () => {
  const many = Array.from({ length: 103 }, (_, i) => series(200 - i, { id: `v${i}` }));
  const [label] = breakDown({ unit: 'count', series: many }, ['id'], new Map()).labels;
  expect(label?.values).toHaveLength(100);
  expect(label?.values[0]).toEqual(v('v0', 200));
  expect(label?.rest).toEqual({ values: 3, amount: 100 + 99 + 98 });
});

test('saturates beyond 2^53 and says so', () => {
  const answer = breakDown(
    { unit: 'count', series: [series(2 ** 53, { id: 'a' }), series(2, { id: 'b' })] },
    ['id'],
    new Map(),
  );
  expect([answer.total, answer.saturated]).toEqual([2 ** 53, true]);
});

const v = (value: string, amount: number) => ({ value, amount });

test('values that samples have together are named one by one', () => {
  const table = { unit: 'nanoseconds', series: [series(4, { zone: 'east,west' }), series(1, { zone: 'east' })] };
  const answer = breakDown(table, ['zone'], new Map([['zone', new Map([['east,west', ['east', 'west']]])]]));
  expect(labelBreakdown.parse(answer)).toEqual(answer);
  expect(answer.labels[0]?.values).toEqual([
    { value: 'east,west', amount: 4, all: ['east', 'west'] },
    { value: 'east', amount: 1 },
  ]);
});
