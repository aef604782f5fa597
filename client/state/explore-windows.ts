import { SNAPSHOT_KINDS } from '../../protocol/index.ts';
import type { ProfileQuery, Window } from '../connection/index.ts';
import { type ExploreQuery, SPANS, type Span, type TimeRange } from './explore-query.ts';

/** Kinds whose profiles are states, not sums over time: two of them make a mean. */
export const isSnapshotKind = (kind: string): boolean => SNAPSHOT_KINDS.has(kind);

/** The two windows that a query is about, at this moment; the second is null without a comparison. */
export function windowsOf(query: ExploreQuery, now: number): { a: Window; b: Window | null } {
  const { match, from, to, live, b } = query;
  const range = live === null ? { from, to } : liveRange(live, now);
  return { a: { match, ...range }, b: b && { match: b.match ?? match, from: b.from, to: b.to } };
}

export function liveRange(span: Span, now: number): TimeRange {
  const millis = SPANS[span];
  return { from: millis === null ? null : now - millis, to: null };
}

/** What a panel asks the lab for: one side's window, read as the query says. */
export function profileQueryOf({ kind, type, focus, ignore, hide }: ExploreQuery, window: Window): ProfileQuery {
  return { kind, type, focus, ignore, hide, ...window };
}

const LEAST_AXIS_MILLIS = 60_000;

/**
 * The time axis of a query; null: as far as profiles are stored. Around a fixed window there is room on both sides to step
 * and to choose a second one; a window that is open at one end reaches to now, or as far back as from it to now.
 *
 *     window      [====]            axis  |----[====]----|
 */
export function axisOf(query: ExploreQuery, now: number): { from: number; to: number } | null {
  if (query.axis !== null) return query.axis;
  if (query.live !== null) {
    const { from } = liveRange(query.live, now);
    return from === null ? null : { from, to: now };
  }
  const ranges: TimeRange[] = [query, ...(query.b ? [query.b] : [])];
  const froms = ranges.flatMap(({ from }) => (from === null ? [] : [from]));
  const tos = ranges.map(({ to }) => to ?? now);
  if (froms.length < ranges.length) return null;
  const [from, to] = [Math.min(...froms), Math.max(...tos)];
  const room = Math.max(to - from, LEAST_AXIS_MILLIS) / 2;
  return { from: Math.max(0, Math.floor(from - room)), to: Math.ceil(Math.max(to, Math.min(now, to + room))) };
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400];
const MOST_COLUMNS = 240;

/** The step of the timeline's columns, milliseconds: a round one that makes at most 240 columns. */
export function stepOf({ from, to }: { from: number; to: number }): number {
  const least = (to - from) / MOST_COLUMNS / 1_000;
  const seconds = STEPS.find((step) => step >= least) ?? Math.ceil(least / 86_400) * 86_400;
  return seconds * 1_000;
}
