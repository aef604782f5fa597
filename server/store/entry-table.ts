import { DuckDBBlobValue, type DuckDBConnection } from '@duckdb/node-api';
import type { ChunkedDictionary } from './chunked-dictionaries.ts';
import { type Database, queryRows } from './database.ts';
import type { Dictionary } from './dictionary.ts';
import { compressQuickly, compressWell } from './entry-chunk.ts';
import { DICTIONARY_SQL, FIRST_SQL } from './schema.ts';
import type { TableWriter } from './table-writer.ts';

/** Entries of a full chunk, 50 to 150 KB of recorded profiles: of a quarter as many they take 8 % more space, by less likeness. */
export const FULL_CHUNK = 32_768;

/** Entries of a chunk that a commit writes, so that it stays small enough to be joined with others. */
const COMMITTED_CHUNK = 1_024;

/** A row of `entries` without its bytes. */
export interface ChunkPlace {
  readonly tag: number;
  /** Id of its first entry. */
  readonly first: number;
  readonly count: number;
}

/** Ids `from` ≤ id < `to` of a dictionary, with all chunks that begin there. */
export interface EntryRange {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

/** A row of `entries`. */
export interface EntryChunk extends ChunkPlace {
  readonly chunk: Uint8Array;
}

/** The entries that aren't durable yet. */
export function encodePending(chunked: readonly ChunkedDictionary[]): EntryChunk[] {
  return chunked.flatMap((each) => {
    const { persisted, length } = each.dictionary;
    const parts = partsOf(each, liveIds(each.dictionary, persisted, length), COMMITTED_CHUNK);
    return parts.map(({ columns, ...place }) => ({ ...place, chunk: compressQuickly(columns) }));
  });
}

/** Appends them as commits wrote them, within the transaction that is open. */
export async function appendEntries(
  tables: TableWriter,
  chunks: readonly EntryChunk[],
  table: 'new_entries' | 'packed_entries' = 'new_entries',
): Promise<void> {
  const placed = chunks.map((chunk) => new DuckDBBlobValue(encodePlaced(chunk)));
  await tables.append(table, placed.length, [(row) => placed[row] ?? null]);
}

/** Writes the entries of a range for which `keep` holds again, in full chunks, within the transaction that is open. */
export async function rewriteEntries(
  { database, tables }: { readonly database: Database; readonly tables: TableWriter },
  chunked: ChunkedDictionary,
  { tag, from, to }: EntryRange,
  keep: (id: number) => boolean = () => true,
): Promise<void> {
  const parts = partsOf(chunked, liveIds(chunked.dictionary, from, to).filter(keep), FULL_CHUNK);
  const chunks = parts.map(async ({ columns, ...place }) => ({ ...place, chunk: await compressWell(columns) }));
  const where = `${DICTIONARY_SQL} = ${tag} AND ${FIRST_SQL} >= ${from} AND ${FIRST_SQL} < ${to}`;
  for (const table of ['packed_entries', 'new_entries'])
    await database.writer.run(`DELETE FROM ${table} WHERE ${where}`);
  await appendEntries(tables, await Promise.all(chunks), 'packed_entries');
}

/** Bytes of the place, big endian: dictionary 1, first 4, count 4. */
export const PLACE_BYTES = 9;

function encodePlaced({ tag, first, count, chunk }: EntryChunk): Uint8Array {
  const placed = Buffer.allocUnsafe(PLACE_BYTES + chunk.length);
  placed[0] = tag;
  placed.writeUInt32BE(first, 1);
  placed.writeUInt32BE(count, 5);
  placed.set(chunk, PLACE_BYTES);
  return placed;
}

/** In the order of dictionaries and ids. */
export async function listChunks(connection: DuckDBConnection): Promise<ChunkPlace[]> {
  const rows = await queryRows(connection, 'SELECT dictionary, first, count FROM entries ORDER BY dictionary, first');
  return Array.from({ length: rows.count }, (_, row) => ({
    tag: rows.number(0, row),
    first: rows.number(1, row),
    count: rows.number(2, row),
  }));
}

/** Worth joining with a neighbour that is, too. */
export const isSmall = ({ count }: ChunkPlace): boolean => count < FULL_CHUNK / 2;

/** The range of a chunk ends where the next one of its dictionary begins, that of the last one with its last entry: more may not be in the file. */
export function rangesOf(chunks: readonly ChunkPlace[], chunked: readonly ChunkedDictionary[]): EntryRange[] {
  const dictionaries = new Map(chunked.map(({ tag, dictionary }) => [tag, dictionary]));
  return chunks.map(({ tag, first, count }, at) => {
    const next = chunks[at + 1];
    return { tag, from: first, to: next?.tag === tag ? next.first : endOf(dictionaries.get(tag), first, count) };
  });
}

function endOf(dictionary: Dictionary | undefined, first: number, count: number): number {
  let id = first;
  for (let left = count; left > 0 && id < (dictionary?.length ?? 0); id++) if (dictionary?.has(id)) left--;
  return id;
}

/** Columns of at most `most` entries each. */
function partsOf({ tag, write }: ChunkedDictionary, ids: readonly number[], most: number) {
  return Array.from({ length: Math.ceil(ids.length / most) }, (_, at) => {
    const part = ids.slice(at * most, (at + 1) * most);
    return { tag, first: part[0] ?? 0, count: part.length, columns: write(part) };
  });
}

function liveIds(dictionary: Dictionary, from: number, to: number): number[] {
  const ids: number[] = [];
  for (let id = from; id < to; id++) if (dictionary.has(id)) ids.push(id);
  return ids;
}
