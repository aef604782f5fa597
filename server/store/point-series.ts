import type { SeriesTable } from '../../protocol/index.ts';
import { queryRows } from './database.ts';
import { seriesLabel } from './plan-query.ts';
import { type Selector, selectorMatches } from './selector.ts';
import { createSeriesTable, sqlBucket, wholeStep } from './series-table.ts';
import type { StoreState } from './store-state.ts';
import { windowsWhere } from './window-range.ts';

/** Means of a metric per step, one series for each set of labels; an unknown name has none. */
export function averagePoints(
  state: StoreState,
  name: string,
  selector: Selector,
  options: { from: number | null; to: number | null; stepMillis: number },
): Promise<SeriesTable> {
  return state.gate.read(async () => {
    const { metricSeries } = state.dictionaries;
    const matched = [...metricSeries.all()].filter(
      ([id, series]) =>
        id < metricSeries.persisted &&
        series.name === name &&
        selectorMatches(selector, (label) => [seriesLabel(series, label)]),
    );
    const table = createSeriesTable(matched.at(-1)?.[1].unit ?? '');
    if (matched.length === 0) return table.finish();
    const ids = matched.map(([id]) => id);
    const rows = await state.readFile((connection) =>
      queryRows(
        connection,
        `SELECT ${sqlBucket('at_millis', wholeStep(options.stepMillis))}, series, avg(value) FROM points
         WHERE ${windowsWhere(ids, options)} GROUP BY ALL`,
      ),
    );
    for (let row = 0; row < rows.count; row++) {
      table.add(metricSeries.get(rows.number(1, row)).labels, rows.number(0, row), rows.number(2, row));
    }
    return table.finish();
  });
}
