import { expect, test } from 'vitest';
import { nextReview, type Review } from '../../../server/course/index.ts';

const MINUTES = 60_000;
const DAYS = 24 * 60 * MINUTES;

test('what is answered right comes back after 1, 3, 7, 21 and again 21 days', () => {
  let review: Review | null = null;
  const waits: number[] = [];
  for (let now = 0, round = 0; round < 5; round++) {
    review = nextReview(review, true, now);
    waits.push((review.dueMillis - now) / DAYS);
    now = review.dueMillis;
  }
  expect(waits).toEqual([1, 3, 7, 21, 21]);
});

test('what is answered wrong comes back after ten minutes, and begins anew', () => {
  const known = nextReview(nextReview(null, true, 0), true, 0);
  const missed = nextReview(known, false, 5);
  expect(missed.dueMillis - 5).toBe(10 * MINUTES);
  expect(nextReview(missed, true, 0).dueMillis).toBe(DAYS);
});
