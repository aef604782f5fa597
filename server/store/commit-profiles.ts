import { AppError } from '../errors.ts';
import { countPending, markPersisted, rollBack } from './dictionaries.ts';
import type { StoredWindow } from './entries.ts';
import { internProfile } from './intern-profile.ts';
import type { MetricPoint, NewProfile } from './profile-store.ts';
import type { StoreState } from './store-state.ts';
import { inWriteTransaction } from './table-writer.ts';
import { type StoredPoint, writeBatch } from './write-batch.ts';

/** What one caller wants stored. */
export type Append =
  | { readonly profile: NewProfile; readonly points?: never }
  | { readonly points: readonly MetricPoint[]; readonly profile?: never };

/** Id of the window; 0 for points. */
export interface Appended {
  readonly id: number;
}

/** Makes a batch durable in one transaction; only then is any of it visible. */
export async function commitProfiles(state: StoreState, appends: readonly Append[]): Promise<Appended[]> {
  try {
    const { windows, points, results } = internAppends(state, appends);
    state.onWork('commit', 'begins');
    await inWriteTransaction(state, () => writeBatch(state.tables, state.dictionaries, { windows, points }));
    state.onWork('commit', 'ends');
    state.looseEntries += countPending(state.dictionaries);
    markPersisted(state.dictionaries);
    for (const window of windows) state.recent.add(window, state.clock.now());
    state.profiles += windows.length;
    state.arrivals.note(state.clock.now(), state.nextWindow);
    state.looseRows += windows.reduce((sum, { samples }) => sum + samples, 0);
    return results;
  } catch (error) {
    rollBack(state.dictionaries);
    throw writeFailure(error);
  }
}

function internAppends(state: StoreState, appends: readonly Append[]) {
  const windows: StoredWindow[] = [];
  const points: StoredPoint[] = [];
  const results = appends.map(({ profile, points: taken }): Appended => {
    if (profile === undefined) {
      for (const point of taken) points.push(internPoint(state, point));
      return { id: 0 };
    }
    const window = internProfile(state.dictionaries, profile, state.nextWindow++);
    windows.push(window);
    return { id: window.id };
  });
  return { windows, points, results };
}

/** Samples set the cost of a profile. */
export const weightOf = ({ profile, points }: Append): number =>
  profile === undefined ? points.length : 500 + profile.profile.samples.count;

function internPoint(state: StoreState, { name, unit, labels, atMillis, value }: MetricPoint): StoredPoint {
  const series = state.dictionaries.metricSeries.intern({ name, unit, labels: { ...labels } });
  return { series, atMillis: Math.floor(atMillis), value };
}

function writeFailure(cause: unknown): AppError {
  const seen = cause instanceof Error ? cause.message : String(cause);
  if (/invalidated/i.test(seen)) {
    const hint = 'the store stopped when its file could not be written; what is stored stays; start the lab again';
    return new AppError('internal', hint, { cause });
  }
  if (/no space left|disk full|could not write/i.test(seen)) {
    return new AppError(
      'store-full',
      'the disk is full: nothing new is stored, what is stored stays; free some space',
      {
        cause,
      },
    );
  }
  return new AppError('internal', 'the store could not write; the log has the reason', { cause });
}
