import { queryRows } from './database.ts';
import type { StoreState } from './store-state.ts';

/** Times from further ahead are those of a wrong clock. */
const AHEAD_MILLIS = 86_400_000;

/** Which windows had arrived when: ids are given in the order of arrival. */
export class Arrivals {
  /** The first id that wasn't there when the store was opened. */
  readonly opened: number;
  private readonly marks: { readonly millis: number; window: number }[];
  private readonly everyMillis: number;

  /** `window`: the next id at that time; a mark is kept every so often. */
  constructor(millis: number, window: number, everyMillis: number) {
    this.opened = window;
    this.marks = [{ millis, window }];
    this.everyMillis = everyMillis;
  }

  note(millis: number, nextWindow: number): void {
    const last = this.marks.at(-1);
    if (last?.millis === millis) last.window = nextWindow;
    else if (last === undefined || millis - last.millis >= this.everyMillis)
      this.marks.push({ millis, window: nextWindow });
  }

  /** Ids below the answer had arrived by then; null for a time before the opening. Later questions are about later times. */
  by(millis: number): number | null {
    const known = this.marks.findLastIndex((mark) => mark.millis <= millis);
    if (known < 0) return null;
    this.marks.splice(0, known);
    return this.marks[0]?.window ?? null;
  }
}

/**
 * Windows below the returned id arrived before a time. What came before the store was opened tells it by the first window that
 * was taken since that time, as most windows arrive when they are taken.
 *
 *     id     1  2  3  4  5  6        age limit 7 d
 *     taken  9d 8d 6d 90d 5d 0d      first young 3: 1 and 2 go; 4 was pushed late, some 6 days ago, and stays
 */
export async function findArrived(state: StoreState, before: number): Promise<number> {
  const { database, clock, arrivals } = state;
  arrivals.note(clock.now(), state.nextWindow);
  const known = arrivals.by(before);
  if (known !== null) return known;
  const ahead = clock.now() + AHEAD_MILLIS;
  const rows = await queryRows(
    database.writer,
    `SELECT min(id) FROM windows WHERE at_millis >= ${Math.floor(before)} AND at_millis < ${ahead}`,
  );
  return Math.min(arrivals.opened, rows.numberOrNull(0, 0) ?? arrivals.opened);
}
