/** How one kind is scraped: every `everyMillis` (0 = back to back) for `windowMillis` (0 = a snapshot). */
export interface KindPlan {
  readonly kind: string;
  readonly everyMillis: number;
  readonly windowMillis: number;
  /** Length of the very first window, shorter so that a picture comes soon. */
  readonly firstWindowMillis: number;
}

export interface CollectorSettings {
  readonly focus: readonly KindPlan[];
  readonly elsewhere: readonly KindPlan[];
  readonly focusMetricsMillis: number;
  readonly elsewhereMetricsMillis: number;
  /** Added to a window's length before a scrape counts as hung. */
  readonly graceMillis: number;
  readonly backoffMillis: { readonly first: number; readonly most: number };
  /** A kind that wasn't there is asked for again after this long: another build may have it. */
  readonly absentMillis: number;
  /** The fleet's own instruments give a CPU window back as soon as a foreign profile is done. */
  readonly ownInUseMillis: number;
  readonly maxProfileBytes: number;
}

const plan = (kind: string, everyMillis: number, windowMillis: number, firstWindowMillis = windowMillis): KindPlan => ({
  kind,
  everyMillis,
  windowMillis,
  firstWindowMillis,
});

/** DESIGN.md section 3: the first CPU window is 300 ms (a picture, never a verdict), then 1 s back to back. */
export const DEFAULT_COLLECTOR_SETTINGS: CollectorSettings = {
  focus: [
    plan('cpu', 0, 1_000, 300),
    plan('allocs', 0, 5_000, 1_000),
    plan('mutex', 0, 5_000, 1_000),
    plan('block', 0, 5_000, 1_000),
    plan('heap', 5_000, 0),
    plan('goroutine', 5_000, 0),
    plan('goroutineleak', 15_000, 0),
  ],
  elsewhere: [
    plan('cpu', 10_000, 1_000),
    plan('allocs', 30_000, 5_000),
    plan('mutex', 30_000, 5_000),
    plan('block', 30_000, 5_000),
    plan('heap', 30_000, 0),
    plan('goroutine', 30_000, 0),
    plan('goroutineleak', 30_000, 0),
  ],
  focusMetricsMillis: 1_000,
  elsewhereMetricsMillis: 10_000,
  graceMillis: 5_000,
  backoffMillis: { first: 1_000, most: 30_000 },
  absentMillis: 60_000,
  ownInUseMillis: 500,
  maxProfileBytes: 4 * 1024 * 1024,
};
