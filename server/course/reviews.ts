/** Where a question stands among `INTERVALS`, and when it is asked again. */
export interface Review {
  readonly step: number;
  /** Unix milliseconds. */
  readonly dueMillis: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What was answered right comes back later each time; what wasn't, soon. */
const INTERVALS = [10 * MINUTE, DAY, 3 * DAY, 7 * DAY, 21 * DAY];

/** After an answer; `before` is null after the first one. */
export function nextReview(before: Review | null, right: boolean, nowMillis: number): Review {
  const step = right ? Math.min(INTERVALS.length - 1, (before?.step ?? 0) + 1) : 0;
  return { step, dueMillis: nowMillis + (INTERVALS[step] ?? DAY) };
}
