import { type Database, openDatabase, queryRows } from './database.ts';
import { loadDictionaries } from './load-dictionaries.ts';
import { STORE_FORMAT } from './schema.ts';

/**
 * A program of its own: reads a store's file and log from end to end, as the database may end the process on damage, and
 * prints an empty line when it begins and what it found as a JSON line. It writes nothing. Usage: node probe-store.js FILE
 */
export type Probe =
  | { readonly verdict: 'sound' }
  | { readonly verdict: 'other-format'; readonly format: number }
  | { readonly verdict: 'damaged'; readonly seen: string }
  | { readonly verdict: 'unavailable'; readonly seen: string };

const MEMORY_BYTES = 256 * 1024 ** 2;

/** What says nothing about the file itself. */
const UNAVAILABLE = /could not set lock|permission denied|no space left|too many open files|read-only file system/i;

export async function probeStore(path: string): Promise<Probe> {
  try {
    const database = await openDatabase(path, { memoryBytes: MEMORY_BYTES, readOnly: true });
    const names = await namesOf(database, 'SELECT table_name FROM duckdb_tables() ORDER BY 1');
    const views = await namesOf(database, 'SELECT view_name FROM duckdb_views() WHERE NOT internal');
    if ([...names, ...views].includes('store_format')) {
      const format = (await queryRows(database.writer, 'SELECT max(format) FROM store_format')).number(0, 0);
      if (format !== STORE_FORMAT) return { verdict: 'other-format', format };
    } else if (names.length > 0) {
      return { verdict: 'other-format', format: 0 };
    }
    if (names.length > 0) await loadDictionaries(database.writer);
    for (const name of names) await database.writer.run(`SELECT bit_xor(hash(t)) FROM "${name}" t`);
    return { verdict: 'sound' };
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    return { verdict: UNAVAILABLE.test(seen) ? 'unavailable' : 'damaged', seen };
  }
}

async function namesOf(database: Database, sql: string): Promise<string[]> {
  const rows = await queryRows(database.writer, sql);
  return Array.from({ length: rows.count }, (_, row) => rows.text(0, row));
}

const file = process.argv[2];
if (process.argv[1]?.endsWith('probe-store.js') && file !== undefined) {
  await new Promise((resolve) => process.stdout.write('\n', resolve));
  process.stdout.write(`${JSON.stringify(await probeStore(file))}\n`, () => process.exit(0));
}
