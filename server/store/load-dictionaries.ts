import type { DuckDBConnection } from '@duckdb/node-api';
import { chunkedDictionaries } from './chunked-dictionaries.ts';
import { queryRows } from './database.ts';
import { createDictionaries, type Dictionaries } from './dictionaries.ts';
import { PLACE_BYTES } from './entry-table.ts';

/** Reads everything that is stored once into memory. Rejects when a chunk isn't what was written. */
export async function loadDictionaries(connection: DuckDBConnection): Promise<Dictionaries> {
  const dictionaries = createDictionaries();
  for (const { tag, restore } of chunkedDictionaries(dictionaries)) {
    const chunks = await queryRows(
      connection,
      `SELECT first, placed FROM entries WHERE dictionary = ${tag} ORDER BY first`,
    );
    for (let row = 0; row < chunks.count; row++)
      restore(chunks.number(0, row), chunks.bytes(1, row).subarray(PLACE_BYTES));
  }
  return dictionaries;
}
