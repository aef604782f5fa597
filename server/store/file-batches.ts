import type { Database } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { appendEntries } from './entry-table.ts';
import { emptyJournal, readJournal } from './journal.ts';
import { loadDictionaries } from './load-dictionaries.ts';
import type { StoreState } from './store-state.ts';
import { inWriteTransaction, type TableWriter } from './table-writer.ts';
import { writeBatches } from './write-batch.ts';
import { writeFailure } from './write-failure.ts';

/** Puts what the journal holds into the tables. To be run alone. */
export async function fileBatches(state: StoreState): Promise<void> {
  const { journal, tables, dictionaries } = state;
  if (journal.isEmpty) return;
  const batches = journal.unfiled;
  const entries = batches.flatMap((batch) => batch.entries);
  state.onWork('filing', 'begins');
  await inWriteTransaction(state, async () => {
    await appendEntries(tables, entries);
    await writeBatches(tables, dictionaries, batches);
    await emptyJournal(state.database);
  }).catch((error: unknown) => {
    throw writeFailure(error);
  });
  state.onWork('filing', 'ends');
  for (const { count } of entries) state.looseEntries += count;
  for (const { windows } of batches) for (const { samples } of windows) state.looseRows += samples;
  journal.clear();
}

/** Files what a lab that was ended had not filed, and reads everything that is stored once into memory. */
export async function loadAndFile(file: { database: Database; tables: TableWriter }): Promise<Dictionaries> {
  const { writer } = file.database;
  const batches = await readJournal(writer);
  if (batches.length === 0) return loadDictionaries(writer);
  return inWriteTransaction(file, async () => {
    await appendEntries(
      file.tables,
      batches.flatMap(({ entries }) => entries),
    );
    const dictionaries = await loadDictionaries(writer);
    await writeBatches(file.tables, dictionaries, batches);
    await emptyJournal(file.database);
    return dictionaries;
  });
}
