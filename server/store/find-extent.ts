import { queryRows } from './database.ts';
import { liveSeries, reachedBy } from './plan-query.ts';
import type { Extent, Selection } from './profile-store.ts';
import type { StoreState } from './store-state.ts';
import { windowsWhere } from './window-range.ts';

const NOTHING: Extent = { profiles: 0, firstMillis: null, lastMillis: null };

export function findExtent(state: StoreState, selection: Selection): Promise<Extent> {
  const { dictionaries } = state;
  return state.gate.read(async () => {
    const series = reachedBy(dictionaries, liveSeries(dictionaries, selection.kind), selection.selector);
    if (series.length === 0) return NOTHING;
    const where = windowsWhere(
      series.map(({ id }) => id),
      selection,
    );
    return state.readFile(async (connection) => {
      const rows = await queryRows(
        connection,
        `SELECT count(*), min(at_millis), max(at_millis) FROM windows WHERE ${where}`,
      );
      return {
        profiles: rows.number(0, 0),
        firstMillis: rows.numberOrNull(1, 0),
        lastMillis: rows.numberOrNull(2, 0),
      };
    });
  });
}
