import type { Api } from '../connection/index.ts';
import { type ExploreQuery, findNextProfile, liveRange, SPANS, type Span } from '../state/index.ts';

export type Direction = 'back' | 'forward';

/** A window this short is one profile: a step goes to the next one, not to the next millisecond. */
const ONE_PROFILE_MILLIS = 1;

/** The window of the same length right before or after; null: an open window has no neighbour, and none lies in the future. */
export function shifted(query: ExploreQuery, now: number, direction: Direction): Partial<ExploreQuery> | null {
  const range = query.live === null ? query : liveRange(query.live, now);
  const { from } = range;
  if (from === null) return null;
  const to = range.to ?? now;
  const by = direction === 'forward' ? to - from : from - to;
  if (from + by >= now || from + by < 0) return null;
  const window = { from: from + by, to: to + by };
  const inSight = query.axis !== null && window.from >= query.axis.from && window.to <= query.axis.to;
  return { ...window, live: null, axis: inSight ? query.axis : null };
}

/** The neighbour of a window, or of a single profile; null: there is none. */
export async function stepFrom(
  api: Pick<Api, 'readSeries'>,
  query: ExploreQuery,
  now: number,
  direction: Direction,
): Promise<Partial<ExploreQuery> | null> {
  const { kind, type, match, from, to } = query;
  if (from === null || to === null || to - from > ONE_PROFILE_MILLIS) return shifted(query, now, direction);
  const found = await findNextProfile(api, { kind, type, match }, from, direction);
  return found && { from: found.atMillis, to: found.atMillis + 1, live: null };
}

/** A preset: how far back the axis reaches; without a comparison the window is all of it. */
export function spanChosen(query: ExploreQuery, span: Span, now: number, extent: ExploreQuery['axis']) {
  const millis = SPANS[span];
  const recent = millis === null ? null : { from: now - millis, to: now };
  if (query.b !== null) return { axis: recent ?? extent };
  if (query.live !== null) return { live: span, axis: null };
  return { from: recent?.from ?? null, to: recent?.to ?? null, axis: null };
}

/** The preset that a query shows; null: none of them. */
export function spanOf(query: ExploreQuery): Span | null {
  if (query.live !== null) return query.live;
  const { from, to } = query.axis ?? query;
  if (from === null && to === null) return query.b === null ? 'all' : null;
  if (from === null || to === null) return null;
  const spans: readonly Span[] = ['5m', '15m', '1h'];
  return spans.find((span) => SPANS[span] === to - from) ?? null;
}

/** A comparison with what was just before: the present window second, the one of the same length before it first. */
export function againstBefore(query: ExploreQuery, now: number): Partial<ExploreQuery> | null {
  const before = shifted(query, now, 'back');
  if (before === null) return null;
  const { from, to } = query.live === null ? query : liveRange(query.live, now);
  return { ...before, axis: null, b: { match: null, from, to: to ?? now } };
}
