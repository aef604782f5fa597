import { expect, test } from 'vitest';
import { areEnough, MOST_ROUNDS, secondsToSettle } from '../../../server/course/verdict/enough-rounds.ts';
import type { Slice } from '../../../server/course/verdict/evidence.ts';
import { ratioBetween } from '../../../server/course/verdict/quantities.ts';
import { createRandom } from '../../../server/profile/compare/random.ts';
import { exercise, slicesOf } from '../../support/evidence.ts';

const objects = exercise({ budget: [{ quantity: 'objects', atMost: 1.2 }], difference: 'objects' }).checks;
const cpu = exercise({ budget: [{ quantity: 'cpu', atMost: 1.2 }], difference: 'cpu' }).checks;

const counted = (ratio: number, rounds: number): Slice[] => [
  ...slicesOf('candidate', { objects: 100 * ratio }, { rounds }),
  ...slicesOf('reference', { objects: 100 }, { rounds }),
];

test('a cost far from the limit is settled after four rounds, one at the limit is not', () => {
  expect(areEnough(counted(1, 3), objects)).toBe(false);
  expect(areEnough(counted(1, 4), objects)).toBe(true);
  expect(areEnough(counted(2, 4), objects)).toBe(true);
  expect(areEnough(counted(1.19, MOST_ROUNDS), objects)).toBe(false);
});

test('a service that completes few requests is measured until they are enough', () => {
  const slow = (rounds: number) => slicesOf('candidate', {}, { rounds, requests: 6 });
  expect(areEnough(slow(8), { ...objects, budget: [] })).toBe(false);
  expect(areEnough(slow(9), { ...objects, budget: [] })).toBe(true);
});

test('without a budget the shown difference says how many rounds it takes', () => {
  const bare = { ...objects, budget: [] };
  expect(areEnough(counted(1, 4), bare)).toBe(true);
  expect(areEnough(counted(1, 7), { ...bare, difference: 'cpu' })).toBe(false);
  expect(areEnough(counted(1, 8), { ...bare, difference: 'cpu' })).toBe(true);
});

/** CPU of one round wanders by some ten percent, both sides' in its own way. */
function noisyCpu(ratio: number, rounds: number, random: () => number): Slice[] {
  const wander = () => 0.85 + 0.3 * random();
  return [
    ...slicesOf('candidate', { cpu: () => 1e6 * ratio * wander() }, { rounds }),
    ...slicesOf('reference', { cpu: () => 1e6 * wander() }, { rounds }),
  ];
}

test('looking after every round does not make a cost 10 % over the limit pass, nor one 10 % under it fail', () => {
  const random = createRandom(11);
  const wrong = { over: 0, under: 0 };
  for (let run = 0; run < 100; run++) {
    for (const [side, ratio] of [
      ['over', 1.32],
      ['under', 1.08],
    ] as const) {
      const slices = noisyCpu(ratio, MOST_ROUNDS, random);
      const seen = (rounds: number) => slices.filter((slice) => slice.round < rounds);
      let rounds = 8;
      while (rounds < MOST_ROUNDS && !areEnough(seen(rounds), cpu)) rounds++;
      const interval = ratioBetween(seen(rounds), 'candidate', 'reference', 'cpu');
      if (side === 'over' ? (interval?.high ?? 9) < 1.2 : (interval?.low ?? 0) > 1.2) wrong[side]++;
    }
  }
  expect(wrong).toEqual({ over: 0, under: 0 });
});

test('the time that would settle an unsure one grows with the square of how near it is', () => {
  const at = (estimate: number) =>
    secondsToSettle({ estimate, low: estimate - 0.2, high: estimate + 0.2 }, 1.2, { rounds: 24, roundMillis: 300 });
  expect(at(1.1)).toBe(22);
  expect(at(1.15)).toBe(108);
  expect(at(1.2)).toBeNull();
});
