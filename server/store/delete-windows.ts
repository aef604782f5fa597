import type { DuckDBConnection } from '@duckdb/node-api';
import { chunkedDictionaries } from './chunked-dictionaries.ts';
import { queryRows, type Rows } from './database.ts';
import { type DeadEntries, deleteEntries } from './delete-entries.ts';
import type { Dictionary } from './dictionary.ts';
import type { LabelUsePair } from './label-use.ts';
import { StackPaths } from './stack-paths.ts';
import type { StoreState } from './store-state.ts';
import { inWriteTransaction } from './table-writer.ts';

/**
 * Deletes unpinned windows and the points before a time, then everything that nothing refers to any more, and gives the
 * space back. To be run alone.
 */
export async function deleteWindows(state: StoreState, where: string, pointsBefore: number): Promise<void> {
  const { writer } = state.database;
  const rows = await queryRows(writer, `SELECT id FROM windows WHERE NOT pinned AND ${where}`);
  const gone = idsOf(rows);
  const dead = await inWriteTransaction(state, async () => {
    for (const table of ['ordered_samples', 'new_samples'])
      await writer.run(`DELETE FROM ${table} WHERE win IN (SELECT id FROM windows WHERE NOT pinned AND ${where})`);
    await writer.run(`DELETE FROM windows WHERE NOT pinned AND ${where}`);
    await writer.run(`DELETE FROM points WHERE at_millis < ${Math.floor(pointsBefore)}`);
    const unused = await findUnused(state, writer);
    await deleteEntries(state, unused);
    return unused;
  });
  await state.gate.exclusive(async () => {
    for (const { chunked, ids } of dead) chunked.dictionary.retain((id) => !ids.has(id));
    state.paths = new StackPaths(state.dictionaries);
    state.recent.forget(({ id }) => gone.has(id));
    state.profiles -= gone.size;
  });
  await state.database.checkpoint();
}

/** Marks from what the remaining rows name: samples → stacks → locations → functions and mappings; windows → series. */
async function findUnused({ dictionaries }: StoreState, connection: DuckDBConnection): Promise<DeadEntries[]> {
  const query = async (sql: string): Promise<Set<number>> => idsOf(await queryRows(connection, sql));
  const { stacks, locations, labelUse } = dictionaries;
  const liveStacks = await query('SELECT DISTINCT stack FROM samples');
  const live = { locations: new Set<number>(), functions: new Set<number>(), mappings: new Set<number>() };
  for (const leaf of [...liveStacks]) {
    for (let node = leaf; node > 0; node = stacks.parent(node)) {
      liveStacks.add(node);
      live.locations.add(stacks.item(node));
    }
  }
  for (const location of live.locations) {
    live.mappings.add(locations.mapping(location));
    for (let at = 0; at < locations.lineCount(location); at++) live.functions.add(locations.lineFunction(location, at));
  }
  const liveSeries = await query('SELECT DISTINCT series FROM windows');
  const uses = await findLabelUses(connection);
  const liveIds = new Map<Dictionary, ReadonlySet<number>>([
    [dictionaries.series, liveSeries],
    [dictionaries.shapes, new Set([...liveSeries].map((id) => dictionaries.series.get(id).shape))],
    [dictionaries.headers, await query('SELECT DISTINCT header FROM windows')],
    [dictionaries.functions, live.functions],
    [dictionaries.mappings, live.mappings],
    [dictionaries.labelSets, new Set([0, ...uses.map(({ labelSet }) => labelSet)])],
    [labelUse, new Set(uses.map((pair) => labelUse.find(pair) ?? -1))],
    [dictionaries.metricSeries, await query('SELECT DISTINCT series FROM points')],
    [locations, live.locations],
    [stacks, liveStacks.add(0)],
  ]);
  return chunkedDictionaries(dictionaries).map((chunked) => ({
    chunked,
    ids: deadIds(chunked.dictionary, liveIds.get(chunked.dictionary) ?? new Set()),
  }));
}

async function findLabelUses(connection: DuckDBConnection): Promise<LabelUsePair[]> {
  const rows = await queryRows(
    connection,
    'SELECT DISTINCT series, label_set FROM samples UNION SELECT series, 0 FROM windows WHERE samples = 0',
  );
  return Array.from({ length: rows.count }, (_, row) => ({
    series: rows.number(0, row),
    labelSet: rows.number(1, row),
  }));
}

function deadIds(dictionary: Dictionary, live: ReadonlySet<number>): Set<number> {
  const dead = new Set<number>();
  for (let id = 0; id < dictionary.length; id++) if (!live.has(id) && dictionary.has(id)) dead.add(id);
  return dead;
}

const idsOf = (rows: Rows): Set<number> => new Set(Array.from({ length: rows.count }, (_, row) => rows.number(0, row)));
