import { chunkedDictionaries } from './chunked-dictionaries.ts';
import { markPersisted, rollBack } from './dictionaries.ts';
import type { SampleColumns, StoredPoint, StoredWindow } from './entries.ts';
import { encodePending } from './entry-table.ts';
import { internProfile } from './intern-profile.ts';
import type { Batch } from './journal.ts';
import type { MetricPoint, NewProfile } from './profile-store.ts';
import { divideColumns, type SamplePages } from './sample-pages.ts';
import type { StoreState } from './store-state.ts';
import { writeFailure } from './write-failure.ts';

/** What one caller wants stored. */
export type Append =
  | { readonly profile: NewProfile; readonly points?: never }
  | { readonly points: readonly MetricPoint[]; readonly profile?: never };

/** Id of the window; 0 for points. */
export interface Appended {
  readonly id: number;
}

/** Makes a batch durable, all or nothing; only then is any of it visible. */
export async function commitProfiles(state: StoreState, appends: readonly Append[]): Promise<Appended[]> {
  try {
    const { windows, samples, points, results } = internAppends(state, appends);
    const entries = encodePending(chunkedDictionaries(state.dictionaries));
    const batch: Batch = { entries, windows, samples, points };
    state.onWork('commit', 'begins');
    await state.journal.add(batch);
    state.onWork('commit', 'ends');
    markPersisted(state.dictionaries);
    for (const window of windows) state.recent.add(window, state.clock.now());
    state.profiles += windows.length;
    state.arrivals.note(state.clock.now(), state.nextWindow);
    return results;
  } catch (error) {
    rollBack(state.dictionaries);
    throw writeFailure(error);
  }
}

function internAppends(state: StoreState, appends: readonly Append[]) {
  const windows: StoredWindow[] = [];
  const points: StoredPoint[] = [];
  const samples = roomFor(state.pages, appends);
  const nextPart = divideColumns(samples);
  const results = appends.map(({ profile, points: taken }): Appended => {
    if (profile === undefined) {
      for (const point of taken) points.push(internPoint(state, point));
      return { id: 0 };
    }
    const window = internProfile(state.dictionaries, profile, state.nextWindow++, nextPart(sizesOf(profile)));
    windows.push(window);
    return { id: window.id };
  });
  return { windows, samples, points, results };
}

function roomFor(pages: SamplePages, appends: readonly Append[]): SampleColumns {
  let samples = 0;
  let values = 0;
  for (const { profile } of appends) {
    if (profile === undefined) continue;
    const sizes = sizesOf(profile);
    samples += sizes.samples;
    values += sizes.samples * sizes.types;
  }
  return pages.take(samples, values);
}

const sizesOf = ({ profile: { samples, sampleTypes } }: NewProfile) => ({
  samples: samples.count,
  types: sampleTypes.length,
});

/** Samples set the cost of a profile. */
export const weightOf = ({ profile, points }: Append): number =>
  profile === undefined ? points.length : 500 + profile.profile.samples.count;

function internPoint(state: StoreState, { name, unit, labels, atMillis, value }: MetricPoint): StoredPoint {
  const series = state.dictionaries.metricSeries.intern({ name, unit, labels: { ...labels } });
  return { series, atMillis: Math.floor(atMillis), value };
}
