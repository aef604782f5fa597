import { expect, test } from 'vitest';
import { flameData, foundShare, functionRows, type GraphDatum } from '../../../../client/graph-page/page-model.ts';
import { factsOf, tableTitle, titleOf } from '../../../../client/graph-page/page-words.ts';
import type { GraphPage } from '../../../../protocol/index.ts';

const names = ['main.main', 'main.(*Server).handle', 'main.sort'];
const window = { from: 0, to: 1_000, profiles: 1, requests: 10, durationNanos: 1e9 };

/**
 *     main.main ┬ main.(*Server).handle ── main.sort      before 10 ┬ 10 ── 6     after 4 ┬ 4
 *               └ main.sort                                         └ 0                   └ 0
 */
const page: GraphPage = {
  kind: 'cpu',
  unit: 'nanoseconds',
  madeMillis: 0,
  per: 'request',
  patterns: { focus: null, ignore: null, hide: null },
  sides: [
    { match: '{version="a"}', window, total: [10, 10, 10, 6, 0], self: [0, 0, 4, 6, 0] },
    { match: '{version="b"}', window, total: [4, 4, 4, 0, 0], self: [0, 0, 4, 0, 0] },
  ],
  frames: names.map((name) => ({ name, file: '', line: 0, package: 'main' })),
  parent: [-1, 0, 1, 2, 1],
  frame: [-1, 0, 1, 2, 2],
  trimmed: 0,
  whole: { difference: -6, interval: 'too-few-windows', changed: null },
  saturated: false,
};

const asText = ({ name, value, children }: GraphDatum): string =>
  children.length === 0 ? `${name} ${value}` : `${name} ${value} (${children.map(asText).join(', ')})`;

test('all pictures of a page have the same nodes; a difference is as wide as the larger side', () => {
  expect(asText(flameData(page, 'before'))).toBe(
    'all 0 (main.main 0 (main.(*Server).handle 4 (main.sort 6), main.sort 0))',
  );
  expect(asText(flameData(page, 'after'))).toBe(
    'all 0 (main.main 0 (main.(*Server).handle 4 (main.sort 0), main.sort 0))',
  );
  expect(asText(flameData(page, 'difference'))).toBe(
    'all 0 (main.main 0 (main.(*Server).handle 4 (main.sort 6), main.sort 0))',
  );
});

test('a search is plain text, and nested matches count once', () => {
  expect(foundShare(page, 'before', 'main.(*')).toEqual({ frames: 1, share: 1 });
  expect(foundShare(page, 'before', 'SORT')).toEqual({ frames: 2, share: 0.6 });
  expect(foundShare(page, 'before', 'main.')).toEqual({ frames: 4, share: 1 });
});

test('functions of two sides are ordered by how much their self cost changed', () => {
  expect(functionRows(page, 2)).toEqual([
    { name: 'main.sort', self: [6, 0], total: [6, 0] },
    { name: 'main.(*Server).handle', self: [4, 4], total: [10, 4] },
  ]);
});

test('a page says what it shows, of when, per what, and how sure that is', () => {
  expect(titleOf(page)).toBe('CPU profiles, before and after');
  const facts = Object.fromEntries(factsOf(page));
  expect(facts.Before).toBe(
    '10\u00a0ns per request · 10 requests · 1 profile · 1\u00a0s profiled · 1970-01-01 00:00:00 UTC to 1970-01-01 00:00:01 UTC · {version="a"}',
  );
  expect(facts.Difference).toContain('too few profiles');
});

test('the table says so where it adds up values that were cut off at 2^53', () => {
  expect(tableTitle(page)).toBe('Functions, largest change first');
  expect(tableTitle({ ...page, saturated: true })).toMatch(
    /first\. Not exact: values beyond 2\^53 are added up as 2\^53/,
  );
});
