import type { FlameGraph } from '../../protocol/index.ts';
import { type ExploreQuery, isSnapshotKind } from '../state/index.ts';
import { formatClock, formatCount, formatMillis } from '../ui/index.ts';
import { kindTitle } from './kind-words.ts';

interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** "14:03:07 – 14:08:07 (5 min)"; with the day when it isn't today's. */
export function rangeWords({ from, to }: Range, now: number): string {
  if (from === null && to === null) return 'everything stored';
  if (from === null) return `up to ${moment(to ?? now, now)}`;
  if (to === null) return `since ${moment(from, now)}`;
  if (to - from <= 1) return `the profile of ${moment(from, now)}`;
  return `${moment(from, now)} – ${moment(to, now)} (${formatMillis(to - from)})`;
}

function moment(millis: number, now: number): string {
  const date = new Date(millis);
  if (date.toDateString() === new Date(now).toDateString()) return formatClock(millis);
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${formatClock(millis)}`;
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
