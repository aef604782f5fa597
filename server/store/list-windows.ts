import type { Profile } from '../profile/profile.ts';
import { queryRows } from './database.ts';
import { mergeWindows } from './merge-windows.ts';
import { liveSeries, reachedBy } from './plan-query.ts';
import type { Selection, WindowEntry } from './profile-store.ts';
import type { StoreState } from './store-state.ts';
import { windowsWhere } from './window-range.ts';

/** The windows of a selection one by one, oldest first. */
export function listWindows(state: StoreState, selection: Selection): Promise<WindowEntry[]> {
  const { dictionaries } = state;
  return state.gate.read(async () => {
    const matched = reachedBy(dictionaries, liveSeries(dictionaries, selection.kind), selection.selector);
    if (matched.length === 0) return [];
    const series = new Map(matched.map(({ id, series }) => [id, series]));
    const where = windowsWhere([...series.keys()], selection);
    return state.readFile(async (connection) => {
      const rows = await queryRows(
        connection,
        `SELECT id, series, at_millis, requests FROM windows WHERE ${where} ORDER BY at_millis, id`,
      );
      return Array.from(
        { length: rows.count },
        (_, row): WindowEntry => ({
          id: rows.number(0, row),
          labels: series.get(rows.number(1, row))?.labels ?? {},
          atMillis: rows.number(2, row),
          requests: rows.numberOrNull(3, row),
        }),
      );
    });
  });
}

/** The profile of one of them: of its samples those that the selection reaches. */
export function readWindow(state: StoreState, selection: Selection, id: number): Promise<Profile> {
  return mergeWindows(state, { ...selection, window: id });
}
