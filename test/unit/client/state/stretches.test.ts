import { expect, test } from 'vitest';
import { stretchesOf } from '../../../../client/state/stretches.ts';

test('the worked example: an old file and what is collected now are two stretches, the newest first', () => {
  const series = [
    { service: 'file', times: [0] },
    { service: 'search', times: [98, 99] },
    { service: 'cart', times: [97] },
  ];
  expect(stretchesOf(series, 1)).toEqual([
    { from: 97, to: 100, services: ['cart', 'search'] },
    { from: 0, to: 1, services: ['file'] },
  ]);
});

test('a pause is no gap, and one stretch needs no way to it', () => {
  expect(stretchesOf([{ service: 'search', times: [0, 3, 11, 12, 20, 21, 30, 36, 42] }], 6)).toEqual([]);
  expect(stretchesOf([], 1)).toEqual([]);
});
