import type { FlameGraph } from '../../protocol/index.ts';
import { type ExploreQuery, isSnapshotKind } from '../state/index.ts';
import { formatClock, formatCount, formatMillis, formatMoment } from '../ui/index.ts';
import { kindTitle } from './kind-words.ts';

interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** "14:03:07 – 14:08:07 (5 min)"; with the day when it isn't today's, the year when it isn't this one. */
export function rangeWords({ from, to }: Range, now: number): string {
  if (from === null && to === null) return 'everything stored';
  if (from === null) return `up to ${formatMoment(to ?? now, now)}`;
  if (to === null) return `since ${formatMoment(from, now)}`;
  if (to - from <= 1) return `the profile of ${formatMoment(from, now)}`;
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString();
  const end = sameDay ? formatClock(to) : formatMoment(to, now);
  return `${formatMoment(from, now)} – ${end} (${formatMillis(to - from)})`;
}

/** What is summed, or averaged: "CPU of 312 profiles, 14:03:07 – 14:08:07 (5 min)". */
export function windowWords(query: ExploreQuery, range: Range, graph: FlameGraph | null, now: number): string {
  const when = query.live === null ? rangeWords(range, now) : liveWords(query.live);
  const { profiles } = graph?.window ?? { profiles: 0 };
  const what = kindTitle(query.kind);
  if (profiles === 0) return `${what}, ${when}`;
  if (profiles === 1) return `${what}: one profile, ${when}`;
  const count = formatCount(profiles);
  return isSnapshotKind(query.kind)
    ? `${what}: the mean of ${count} snapshots, ${when}`
    : `${what}: ${count} profiles summed, ${when}`;
}

const LIVE_WORDS = {
  '5m': 'the last 5 minutes',
  '15m': 'the last 15 minutes',
  '1h': 'the last hour',
  all: 'everything',
};
const liveWords = (live: keyof typeof LIVE_WORDS): string => LIVE_WORDS[live];
