import type { DuckDBConnection } from '@duckdb/node-api';
import { inTransaction, queryRows, type Rows } from './database.ts';
import { LABEL_USE_TAG, textDictionaries } from './dictionaries.ts';
import type { Dictionary } from './dictionary.ts';
import { StackPaths } from './stack-paths.ts';
import type { StoreState } from './store-state.ts';

/**
 * Deletes unpinned windows and the points before a time, then everything that nothing refers to any more, and gives the
 * space back. To be run alone.
 */
export async function deleteWindows(state: StoreState, where: string, pointsBefore: number): Promise<void> {
  const { writer } = state.database;
  const rows = await queryRows(writer, `SELECT id FROM windows WHERE NOT pinned AND ${where}`);
  const gone = idsOf(rows);
  const { dead, uses } = await inTransaction(writer, async () => {
    for (const table of ['ordered_samples', 'new_samples'])
      await writer.run(`DELETE FROM ${table} WHERE win IN (SELECT id FROM windows WHERE NOT pinned AND ${where})`);
    await writer.run(`DELETE FROM windows WHERE NOT pinned AND ${where}`);
    await writer.run(`DELETE FROM points WHERE at_millis < ${Math.floor(pointsBefore)}`);
    const unused = await findUnused(state, writer);
    await deleteEntries(writer, unused.dead);
    return unused;
  });
  await state.gate.exclusive(async () => {
    for (const { dictionary, ids } of dead) dictionary.retain((id) => !ids.has(id));
    state.paths = new StackPaths(state.dictionaries);
    state.dictionaries.labelUse.clear();
    for (const [series, labelSet] of uses) state.dictionaries.labelUse.restore(series, labelSet);
    state.recent.forget(({ id }) => gone.has(id));
    state.profiles -= gone.size;
  });
  await state.database.checkpoint();
}

interface DeadEntries {
  readonly dictionary: Pick<Dictionary, 'retain'>;
  /** Condition that picks the dictionary's rows of its table. */
  readonly rows: string;
  readonly ids: ReadonlySet<number>;
}

interface Unused {
  readonly dead: readonly DeadEntries[];
  readonly uses: readonly (readonly [series: number, labelSet: number])[];
}

/** Marks from what the remaining rows name: samples → stacks → locations → functions and mappings; windows → series. */
async function findUnused({ dictionaries }: StoreState, connection: DuckDBConnection): Promise<Unused> {
  const query = async (sql: string): Promise<Set<number>> => idsOf(await queryRows(connection, sql));
  const { stacks, locations } = dictionaries;
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
  const uses = await rewriteLabelUse(connection);
  const liveTexts = new Map<unknown, ReadonlySet<number>>([
    [dictionaries.series, liveSeries],
    [dictionaries.shapes, new Set([...liveSeries].map((id) => dictionaries.series.get(id).shape))],
    [dictionaries.headers, await query('SELECT DISTINCT header FROM windows')],
    [dictionaries.functions, live.functions],
    [dictionaries.mappings, live.mappings],
    [dictionaries.labelSets, new Set([0, ...uses.map(([, labelSet]) => labelSet)])],
    [dictionaries.metricSeries, await query('SELECT DISTINCT series FROM points')],
  ]);
  const texts = textDictionaries(dictionaries).map(([tag, dictionary]) => ({
    dictionary,
    rows: `texts WHERE dictionary = ${tag} AND`,
    ids: deadIds(dictionary, liveTexts.get(dictionary) ?? new Set()),
  }));
  return {
    uses,
    dead: [
      ...texts,
      { dictionary: locations, rows: 'locations WHERE', ids: deadIds(locations, live.locations) },
      { dictionary: stacks, rows: 'stacks WHERE', ids: deadIds(stacks, liveStacks, 1) },
    ],
  };
}

async function rewriteLabelUse(connection: DuckDBConnection): Promise<[series: number, labelSet: number][]> {
  await connection.run(`DELETE FROM texts WHERE dictionary = ${LABEL_USE_TAG}`);
  await connection.run(
    `INSERT INTO texts SELECT ${LABEL_USE_TAG}, * FROM
     (SELECT DISTINCT series, label_set FROM samples UNION SELECT series, 0 FROM windows WHERE samples = 0)`,
  );
  const rows = await queryRows(connection, `SELECT id, text FROM texts WHERE dictionary = ${LABEL_USE_TAG}`);
  return Array.from({ length: rows.count }, (_, row) => [rows.number(0, row), Number(rows.text(1, row))]);
}

async function deleteEntries(connection: DuckDBConnection, dead: readonly DeadEntries[]): Promise<void> {
  for (const { rows, ids } of dead) {
    const list = [...ids];
    for (let from = 0; from < list.length; from += 10_000) {
      await connection.run(`DELETE FROM ${rows} id IN (${list.slice(from, from + 10_000).join()})`);
    }
  }
}

function deadIds(dictionary: Dictionary, live: ReadonlySet<number>, from = 0): Set<number> {
  const dead = new Set<number>();
  for (let id = from; id < dictionary.length; id++) if (!live.has(id) && dictionary.has(id)) dead.add(id);
  return dead;
}

const idsOf = (rows: Rows): Set<number> => new Set(Array.from({ length: rows.count }, (_, row) => rows.number(0, row)));
