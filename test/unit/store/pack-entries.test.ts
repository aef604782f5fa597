import { expect, it } from 'vitest';
import type { ChunkPlace } from '../../../server/store/entry-table.ts';
import { findSmallRuns } from '../../../server/store/pack-entries.ts';

/** Chunks of dictionaries 4, 5, 9 by their counts, as in the comment: `32768 30 7 │ 12`; and the runs as `tag:from-to`. */
function runsOf(drawn: string, most = 1e9): string {
  const chunks: ChunkPlace[] = drawn.split('│').flatMap((counts, at) => {
    let first = 0;
    return counts
      .trim()
      .split(/\s+/)
      .map(Number)
      .map((count) => {
        first += count;
        return { tag: [4, 5, 9][at] ?? 0, first: first - count, count };
      });
  });
  const ranges = chunks.map(({ tag, first, count }) => ({ tag, from: first, to: first + count }));
  const plan = findSmallRuns(chunks, ranges, most);
  return [...plan.ranges.map(({ tag, from, to }) => `${tag}:${from}-${to}`), plan.isLast ? 'last' : 'more'].join(' ');
}

it('joins neighbours that are small, as drawn in the comment', () => {
  expect(runsOf('32768 32768 900 30 7 │ 12 │ 32768 50 32768')).toBe('4:65536-66473 last');
});

it('leaves alone what is packed', () => {
  expect(runsOf('32768 32768 900 │ 12 │ 32768 50 32768')).toBe('last');
});

it('takes so many at a time, and always gets on', () => {
  expect(runsOf('10 10 10 10 10 │ 5 5', 30)).toBe('4:0-30 more');
  expect(runsOf('10 10 │ 10 10', 25)).toBe('4:0-20 5:0-20 more');
  expect(runsOf('2000 2000', 1)).toBe('4:0-4000 more');
});
