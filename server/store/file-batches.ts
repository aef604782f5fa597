import type { Database } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { appendEntries } from './entry-table.ts';
import { type Unfiled, writeFiledNumber } from './journal.ts';
import { loadDictionaries } from './load-dictionaries.ts';
import type { StoreState } from './store-state.ts';
import { inWriteTransaction, type TableWriter } from './table-writer.ts';
import { writeBatches } from './write-batch.ts';
import { writeFailure } from './write-failure.ts';

interface Tables {
  readonly database: Database;
  readonly tables: TableWriter;
}

/** Puts what the journal holds into the tables, while commits go on. To be run by one who has the database alone. */
export async function fileBatches(state: StoreState): Promise<void> {
  const { journal } = state;
  if (journal.isEmpty) return;
  state.onWork('filing', 'begins');
  const isSecondTry = journal.hasTaken;
  const unfiled = await journal.take();
  await writeUnfiled(state, unfiled, async () => state.dictionaries).catch((error: unknown) => {
    throw writeFailure(error);
  });
  await journal.clear();
  // Not before: what the journal holds is counted as loose, too.
  for (const { entries, windows } of unfiled.batches) {
    for (const { count } of entries) state.looseEntries += count;
    for (const { samples } of windows) state.looseRows += samples;
  }
  state.onWork('filing', 'ends');
  if (isSecondTry) await fileBatches(state);
}

/** Files what a lab that was ended had not filed, and reads everything that is stored once into memory. */
export async function loadAndFile(tables: Tables, unfiled: Unfiled): Promise<Dictionaries> {
  const load = (): Promise<Dictionaries> => loadDictionaries(tables.database.writer);
  return unfiled.batches.length === 0 ? load() : writeUnfiled(tables, unfiled, load);
}

/** `load` is called when the entries are there. */
async function writeUnfiled(
  state: Tables,
  { batches, last }: Unfiled,
  load: () => Promise<Dictionaries>,
): Promise<Dictionaries> {
  return inWriteTransaction(state, async () => {
    await appendEntries(
      state.tables,
      batches.flatMap(({ entries }) => entries),
    );
    const dictionaries = await load();
    await writeBatches(state.tables, dictionaries, batches);
    await writeFiledNumber(state.database.writer, last);
    return dictionaries;
  });
}
