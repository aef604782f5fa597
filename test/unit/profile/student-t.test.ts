import { describe, expect, it } from 'vitest';
import { discoveries } from '../../../server/profile/compare/benjamini-hochberg.ts';
import { criticalT, normalBelow, twoSidedP } from '../../../server/profile/compare/student-t.ts';

describe("Student's t", () => {
  // Critical values of any printed table, 5 % two-sided.
  it.each([
    [1, 12.7062],
    [7, 2.3646],
    [14, 2.1448],
    [30, 2.0423],
    [120, 1.9799],
  ])('with %i degrees of freedom', (df, t) => {
    expect(criticalT(0.05, df)).toBeCloseTo(t, 4);
    expect(twoSidedP(t, df)).toBeCloseTo(0.05, 5);
  });

  it('far out, in the middle, and as a normal distribution', () => {
    expect(twoSidedP(0, 5)).toBeCloseTo(1, 10);
    expect(twoSidedP(Number.POSITIVE_INFINITY, 5)).toBe(0);
    expect(twoSidedP(50, 20)).toBeLessThan(1e-20);
    expect(normalBelow(-1.959964)).toBeCloseTo(0.025, 6);
    expect(normalBelow(1.281552)).toBeCloseTo(0.9, 5);
  });
});

describe('discoveries', () => {
  it.each([
    [
      [0.001, 0.03, 0.04, 0.9],
      [true, false, false, false],
    ],
    [
      [0.04, 0.001, 0.03, 0.02],
      [true, true, true, true],
    ],
    [
      [0.5, 0.06],
      [false, false],
    ],
    [[], []],
  ])('among %j are %j', (p, expected) => {
    expect(discoveries(p, 0.05)).toEqual(expected);
  });
});
