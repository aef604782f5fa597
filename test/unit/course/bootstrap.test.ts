import { expect, test } from 'vitest';
import { bootstrapRatio } from '../../../server/course/verdict/bootstrap.ts';
import { createRandom } from '../../../server/profile/compare/random.ts';

test('the ratio is that of the sums, as in the worked example', () => {
  const a = [part(80, 1), part(160, 2)];
  const b = [part(200, 1), part(400, 2)];
  expect(bootstrapRatio(a, b, createRandom(1))).toEqual({ estimate: 0.4, low: 0.4, high: 0.4 });
});

test('the same seed gives the same interval', () => {
  const noisy = Array.from({ length: 30 }, (_, index) => part(100 + (index % 7), 1));
  const other = Array.from({ length: 30 }, (_, index) => part(100 + (index % 5), 1));
  expect(bootstrapRatio(noisy, other, createRandom(9))).toEqual(bootstrapRatio(noisy, other, createRandom(9)));
});

test('of 200 A/A comparisons at most 18 exclude "no difference", and a 5 % effect is covered in at least 90 %', () => {
  const random = createRandom(20_261);
  const draw = (mean: number) => Array.from({ length: 30 }, () => part(mean * (1 + 0.12 * normal(random)), 1));
  let excluded = 0;
  let covered = 0;
  for (let trial = 0; trial < 200; trial++) {
    const same = bootstrapRatio(draw(100), draw(100), random);
    if (same && (same.low > 1 || same.high < 1)) excluded += 1;
    const more = bootstrapRatio(draw(105), draw(100), random);
    if (more && more.low <= 1.05 && more.high >= 1.05) covered += 1;
  }
  expect(excluded).toBeLessThanOrEqual(18);
  expect(covered).toBeGreaterThanOrEqual(180);
});

test('without completed requests there is no ratio', () => {
  expect(bootstrapRatio([part(1, 0)], [part(1, 1)], createRandom(1))).toBeNull();
  expect(bootstrapRatio([], [], createRandom(1))).toBeNull();
});

function part(amount: number, count: number) {
  return { amount, count };
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
