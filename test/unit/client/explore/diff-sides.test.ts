import { expect, test } from 'vitest';
import { sidesOf } from '../../../../client/explore/diff-sides.ts';
import { diffFromText } from '../../../support/diff-from-text.ts';

const DIFF = diffFromText('main;sort 8', 'main;sort 2\nmain;read 1');

test('numbers beyond 2^53 on either side are known of both', () => {
  const { before, after } = sidesOf({ ...DIFF, saturated: true });
  expect([before.saturated, after.saturated, sidesOf(DIFF).after.saturated]).toEqual([true, true, undefined]);
});
