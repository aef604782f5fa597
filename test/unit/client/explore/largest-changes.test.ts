import { expect, test } from 'vitest';
import { pathOf, sidesOf } from '../../../../client/explore/diff-sides.ts';
import { largestChanges } from '../../../../client/explore/largest-changes.ts';
import type { DiffGraph } from '../../../../protocol/index.ts';
import { diffFromText } from '../../../support/diff-from-text.ts';

const frame = (name: string) => ({ name, file: '', line: 0, package: '' });
const window = { from: 0, to: 1, profiles: 9, requests: 30, durationNanos: 5e9 };
const large = (node: number, difference: number) => ({
  node,
  difference,
  interval: { low: difference - 1, high: difference + 1, ratio: null },
  changed: Math.abs(difference) > 1,
});

/** main +10 ── serve +10 ┬ sort +9.5, and find +0.5 beside it; copy -3 under find. */
const DIFF: DiffGraph = {
  unit: 'nanoseconds',
  per: 'profile',
  a: { total: 10, window },
  b: { total: 20, window },
  frames: ['main', 'serve', 'sort', 'find', 'copy'].map(frame),
  nodes: {
    parent: [-1, 0, 1, 2, 2, 4],
    frame: [-1, 0, 1, 2, 3, 4],
    aTotal: [10, 10, 10, 0, 7, 4],
    aSelf: [0, 0, 3, 0, 3, 4],
    bTotal: [20, 20, 20, 9.5, 7.5, 1],
    bSelf: [0, 0, 3, 9.5, 6.5, 1],
  },
  trimmed: { nodes: 0, a: 0, b: 0 },
  whole: { difference: 10, interval: { low: 9, high: 11, ratio: null }, changed: true },
  largest: [large(1, 10), large(2, 10), large(3, 9.5), large(5, -3), large(4, 0.5)],
};

test('of a chain that passes the same change on, the innermost frame is listed, with its values of both sides', () => {
  const found = largestChanges(DIFF);
  expect(found.map(({ path, difference, changed }) => `${path.join(';')} ${difference} ${changed}`)).toEqual([
    'main;serve;sort 9.5 true',
    'main;serve;find;copy -3 true',
    'main;serve;find 0.5 false',
  ]);
  expect(found[1]).toMatchObject({ before: 4, after: 1 });
});

test('with too few windows for intervals the changes are listed all the same', () => {
  const listed = largestChanges(diffFromText('main;sort 500\nmain;read 9', 'main;find 200\nmain;read 9'));
  expect(
    listed.map(({ path, difference, interval, changed }) => [path.join(';'), difference, interval, changed]),
  ).toEqual([
    ['main;sort', -500, null, null],
    ['main;find', 200, null, null],
  ]);
});

test('both sides of a difference are graphs of their own, not divided again', () => {
  const { before, after, per } = sidesOf(DIFF);
  expect([before.total, before.nodes.total, before.window.requests, per]).toEqual([10, DIFF.nodes.aTotal, 1, 'total']);
  expect([after.nodes.self, after.window.durationNanos]).toEqual([DIFF.nodes.bSelf, 1e9]);
  expect(sidesOf({ ...DIFF, per: 'second' }).per).toBe('second');
  expect(pathOf(DIFF, 0)).toEqual([]);
});
