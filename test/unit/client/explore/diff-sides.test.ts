import { expect, test } from 'vitest';
import { sidesOf } from '../../../../client/explore/diff-sides.ts';
import { diffFromText } from '../../../support/diff-from-text.ts';

const DIFF = diffFromText('main;sort 8', 'main;sort 2\nmain;read 1');

test('both sides of a difference are graphs over the same nodes', () => {
  const { before, after } = sidesOf(DIFF);
  expect([before.nodes.total, after.nodes.total]).toEqual([
    [8, 8, 0, 8],
    [3, 3, 1, 2],
  ]);
  expect(after.nodes.parent).toEqual(before.nodes.parent);
});

test('numbers beyond 2^53 on either side are known of both', () => {
  const { before, after } = sidesOf({ ...DIFF, saturated: true });
  expect([before.saturated, after.saturated, sidesOf(DIFF).after.saturated]).toEqual([true, true, undefined]);
});
