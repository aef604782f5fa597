/** A part of the time that has profiles, and of which services. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly services: readonly string[];
}

/** A gap is what takes more than this share of the whole extent. */
const GAP_SHARE = 0.1;

/**
 * The parts of an extent that are far apart, newest first: with an old file among what is collected now, an axis over both has
 * nearly all in one column. [] when there is only one part. `times`: the starts of steps that have profiles.
 *
 *     file    |                               →  [search, 98 – 100]  [file, 0 – 1]
 *     search                            |||
 */
export function stretchesOf(series: readonly { service: string; times: readonly number[] }[], step: number): Stretch[] {
  const moments = series.flatMap(({ service, times }) => times.map((at) => ({ at, service })));
  moments.sort((a, b) => a.at - b.at);
  const extent = (moments.at(-1)?.at ?? 0) + step - (moments[0]?.at ?? 0);
  const stretches: { from: number; to: number; services: Set<string> }[] = [];
  for (const { at, service } of moments) {
    let last = stretches.at(-1);
    if (last === undefined || at - last.to > extent * GAP_SHARE) {
      last = { from: at, to: at, services: new Set() };
      stretches.push(last);
    }
    last.to = at + step;
    last.services.add(service);
  }
  if (stretches.length < 2) return [];
  return stretches.reverse().map(({ services, ...range }) => ({ ...range, services: [...services].sort() }));
}
