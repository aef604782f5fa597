import { expect, test } from 'vitest';
import { chooseInstances } from '../../../server/collector/choose-instances.ts';

const names = Array.from({ length: 10 }, (_, index) => `search-${index}`);
const turnsOf = (share: number, periods: number) =>
  Array.from({ length: periods }, (_, period) => chooseInstances(names, share, period));

test('a share of the instances is chosen, the same for the same period', () => {
  for (const [period, chosen] of turnsOf(0.3, 20).entries()) {
    expect(chosen.size).toBe(3);
    expect(chooseInstances(names.toReversed(), 0.3, period)).toEqual(chosen);
  }
});

test('everyone has a turn after one round, and equally often in the long run', () => {
  expect(new Set(turnsOf(0.3, 4).flatMap((chosen) => [...chosen]))).toEqual(new Set(names));
  const counts = names.map((name) => turnsOf(0.3, 100).filter((chosen) => chosen.has(name)).length);
  expect(counts).toEqual(names.map(() => 30));
});

test('at least one, at most all, and none of none', () => {
  expect(chooseInstances(names, 0.001, 7).size).toBe(1);
  expect(chooseInstances(names, 1, 7)).toEqual(new Set(names));
  expect(chooseInstances([], 0.5, 7).size).toBe(0);
});
