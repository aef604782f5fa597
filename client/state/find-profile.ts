import type { Api } from '../connection/index.ts';

export interface ProfileSearch {
  readonly kind: string;
  readonly type: string | null;
  readonly match: string;
}

/** One stored profile: when it starts, and of which instance ('' if it has no such label). */
export interface FoundProfile {
  readonly atMillis: number;
  readonly instance: string;
}

type SeriesApi = Pick<Api, 'readSeries'>;
/** The lab makes at most 11,000 points of a series. */
const MOST_POINTS = 10_000;
const REACHES = [10_000, 600_000, 30 * 86_400_000];

/** The profile that starts nearest to `near` within [from, to); null: there is none. */
export function findProfileNear(
  api: SeriesApi,
  search: ProfileSearch,
  { from, to, near }: { from: number; to: number; near: number },
): Promise<FoundProfile | null> {
  return narrow(api, search, { from, to }, (time) => Math.abs(time - near));
}

/** The first profile that starts after a moment (`forward`), or the last one before it; null: none within 30 days. */
export async function findNextProfile(
  api: SeriesApi,
  search: ProfileSearch,
  atMillis: number,
  direction: 'back' | 'forward',
): Promise<FoundProfile | null> {
  for (const reach of REACHES) {
    const range =
      direction === 'forward'
        ? { from: atMillis + 1, to: atMillis + 1 + reach }
        : { from: Math.max(0, atMillis - reach), to: atMillis };
    const found = await narrow(api, search, range, (time) => (direction === 'forward' ? time : -time));
    if (found) return found;
  }
  return null;
}

/** Reads series in ever finer steps until a point is one millisecond, choosing the one with the least `distance` each time. */
async function narrow(
  api: SeriesApi,
  search: ProfileSearch,
  range: { from: number; to: number },
  distance: (time: number) => number,
): Promise<FoundProfile | null> {
  let { from, to } = range;
  for (;;) {
    const stepMillis = Math.max(1, Math.ceil((to - from) / MOST_POINTS));
    const { series } = await api.readSeries({ ...search, from, to, stepMillis, by: ['instance'] });
    const points = series.flatMap(({ labels, points }) =>
      points.map(([atMillis]) => ({ atMillis, instance: labels.instance ?? '' })),
    );
    const [first, ...rest] = points;
    if (!first) return null;
    const best = rest.reduce((a, b) => (distance(b.atMillis) < distance(a.atMillis) ? b : a), first);
    if (stepMillis === 1) return best;
    from = Math.max(from, best.atMillis);
    to = Math.min(to, best.atMillis + stepMillis);
  }
}
