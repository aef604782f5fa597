import type { DuckDBConnection } from '@duckdb/node-api';
import type { Labels, SeriesTable } from '../../protocol/index.ts';
import { queryRows } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { type MatchedSeries, planQuery, type QueryPart, sampleLabels, seriesLabel } from './plan-query.ts';
import type { Selection } from './profile-store.ts';
import { createSeriesTable, type SeriesTableBuilder, sqlBucket, wholeStep } from './series-table.ts';
import type { StoreState } from './store-state.ts';
import { partWhere, sumSql } from './sum-samples.ts';
import { findWindowRange, windowsWhere } from './window-range.ts';

export interface SeriesOptions {
  readonly type: string | null;
  readonly stepMillis: number;
  readonly by: readonly string[];
}

/**
 * Sums of one type per step and per values of the `by` labels; a point stands at the start of its step, steps count from the
 * Unix epoch. A step that has windows, but no sample in them, is a 0. Of a sample with several values of a label they are joined,
 * `a,b`, so that it counts once.
 */
export function sumSeries(state: StoreState, selection: Selection, options: SeriesOptions): Promise<SeriesTable> {
  return state.gate.read(async () => {
    const { parts, type, matched } = planQuery(state.dictionaries, selection, options.type);
    const step = wholeStep(options.stepMillis);
    const table = createSeriesTable(type.unit);
    const labelsOf = createLabeller(state.dictionaries, matched, options.by);
    await state.readFile(async (connection) => {
      for (const part of parts) {
        await addIdleSteps(connection, { part, selection, step, table, labelsOf });
        await addSampleSteps(connection, { part, selection, step, table, labelsOf });
      }
    });
    return table.finish();
  });
}

interface Steps {
  readonly part: QueryPart;
  readonly selection: Selection;
  readonly step: number;
  readonly table: SeriesTableBuilder;
  labelsOf(series: number, labelSet: number): Labels;
}

async function addIdleSteps(connection: DuckDBConnection, { part, selection, step, table, labelsOf }: Steps) {
  if (part.labelSets !== null && !part.labelSets.has(0)) return;
  const rows = await queryRows(
    connection,
    `SELECT ${sqlBucket('at_millis', step)}, series FROM windows
     WHERE samples = 0 AND ${windowsWhere(part.series, selection)} GROUP BY ALL`,
  );
  for (let row = 0; row < rows.count; row++) table.add(labelsOf(rows.number(1, row), 0), rows.number(0, row), 0n);
}

async function addSampleSteps(connection: DuckDBConnection, { part, selection, step, table, labelsOf }: Steps) {
  const { samplesWhere } = await findWindowRange(connection, part.series, selection);
  if (samplesWhere === undefined) return;
  const rows = await queryRows(
    connection,
    `SELECT ${sqlBucket('w.at_millis', step)}, w.series, s.label_set, ${sumSql(part.source, 's.')}
     FROM (SELECT * FROM samples WHERE ${samplesWhere} AND ${partWhere(part)}) s JOIN windows w ON w.id = s.win
     GROUP BY ALL`,
  );
  for (let row = 0; row < rows.count; row++) {
    const labels = labelsOf(rows.number(1, row), rows.number(2, row));
    table.add(labels, rows.number(0, row), rows.bigint(3, row) * part.source.times);
  }
}

/** Values of the `by` labels for a series and a label set. */
function createLabeller(dictionaries: Dictionaries, matched: readonly MatchedSeries[], by: readonly string[]) {
  const seriesById = new Map(matched.map(({ id, series }) => [id, series]));
  return (id: number, labelSet: number): Labels => {
    const series = seriesById.get(id);
    const sample = dictionaries.labelSets.get(labelSet);
    const valueFor = (name: string): string =>
      (series === undefined ? '' : seriesLabel(series, name)) || sampleLabels(sample, name).join();
    return Object.fromEntries(by.map((name) => [name, valueFor(name)]));
  };
}
