import type { StoredWindow } from './entries.ts';

export interface RecentLimits {
  readonly recentMillis: number;
  readonly recentBytes: number;
}

interface Arrival {
  readonly window: StoredWindow;
  readonly arrivedMillis: number;
}

/**
 * The windows that were stored last, so that live pictures need no query. For each series it knows from which start on it
 * has every window; older ones are in the file only.
 *
 *     series 7:  file │ a b c d e     memory │ c d e     complete from: start of b + 1 ms
 */
export class RecentWindows {
  private readonly bySeries = new Map<number, StoredWindow[]>();
  private readonly completeFrom = new Map<number, number>();
  /** Arrival order of all series; `head` is the oldest that is still there, and nothing stands before it. */
  private arrivals: (Arrival | undefined)[] = [];
  private head = 0;
  private bytes = 0;
  private readonly limits: RecentLimits;

  constructor(limits: RecentLimits) {
    this.limits = limits;
  }

  /** Says that the file has windows of a series up to `lastMillis` that memory has not. */
  startAfter(series: number, lastMillis: number): void {
    this.completeFrom.set(series, Math.max(this.startOf(series), lastMillis + 1));
  }

  add(window: StoredWindow, nowMillis: number): void {
    if (window.atMillis >= this.startOf(window.series)) {
      const windows = this.bySeries.get(window.series) ?? [];
      windows.push(window);
      this.bySeries.set(window.series, windows);
      this.arrivals.push({ window, arrivedMillis: nowMillis });
      this.bytes += sizeOf(window);
    }
    this.evict(nowMillis);
  }

  /** All windows of these series with `from` ≤ start < `to`; undefined when the file must be asked. */
  find(series: readonly number[], from: number | null, to: number | null): StoredWindow[] | undefined {
    if (series.some((id) => this.startOf(id) > (from ?? Number.NEGATIVE_INFINITY))) return undefined;
    return series.flatMap((id) =>
      (this.bySeries.get(id) ?? []).filter(
        ({ atMillis }) => atMillis >= (from ?? Number.NEGATIVE_INFINITY) && atMillis < (to ?? Number.POSITIVE_INFINITY),
      ),
    );
  }

  /** Windows that the file has no more. */
  forget(gone: (window: StoredWindow) => boolean): void {
    const kept = this.arrivals.flatMap((arrival) => (arrival && !gone(arrival.window) ? [arrival] : []));
    this.bySeries.clear();
    this.arrivals = kept;
    this.head = 0;
    this.bytes = 0;
    for (const { window } of kept) {
      const windows = this.bySeries.get(window.series) ?? [];
      windows.push(window);
      this.bySeries.set(window.series, windows);
      this.bytes += sizeOf(window);
    }
  }

  private startOf(series: number): number {
    return this.completeFrom.get(series) ?? Number.NEGATIVE_INFINITY;
  }

  private evict(nowMillis: number): void {
    for (;;) {
      const oldest = this.arrivals[this.head];
      if (oldest === undefined) break;
      const tooOld = oldest.arrivedMillis < nowMillis - this.limits.recentMillis;
      if (!tooOld && this.bytes <= this.limits.recentBytes) break;
      this.arrivals[this.head++] = undefined;
      this.bytes -= sizeOf(oldest.window);
      this.bySeries.get(oldest.window.series)?.shift();
      this.startAfter(oldest.window.series, oldest.window.atMillis);
    }
    if (this.head > 1_000 && this.head * 2 > this.arrivals.length) {
      this.arrivals = this.arrivals.slice(this.head);
      this.head = 0;
    }
  }
}

/** Of a window's objects, measured: the facts, and three arrays that are parts of others. */
const WINDOW_BYTES = 600;

const sizeOf = (window: StoredWindow): number =>
  WINDOW_BYTES + window.stacks.byteLength + window.labelSets.byteLength + window.values.byteLength;
