import { DuckDBBlobValue } from '@duckdb/node-api';
import type { ChunkedDictionary } from './chunked-dictionaries.ts';
import { type Database, queryRows } from './database.ts';
import type { Dictionary } from './dictionary.ts';
import type { Effort } from './entry-chunk.ts';
import type { TableWriter } from './table-writer.ts';

/** Entries of a full chunk, 16 to 40 KB of recorded profiles: of half as many they take 5 % more space, by less likeness. */
export const FULL_CHUNK = 8_192;

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
    const ids = liveIds(each.dictionary, persisted, length);
    return encodeChunks(each, ids, { effort: 'quick', most: COMMITTED_CHUNK });
  });
}

/** Appends them as commits wrote them, within the transaction that is open. */
export async function appendEntries(
  tables: TableWriter,
  chunks: readonly EntryChunk[],
  table: 'new_entries' | 'packed_entries' = 'new_entries',
): Promise<void> {
  await tables.append(table, chunks.length, [
    (row) => chunks[row]?.tag ?? null,
    (row) => chunks[row]?.first ?? null,
    (row) => chunks[row]?.count ?? null,
    (row) => new DuckDBBlobValue(chunks[row]?.chunk ?? new Uint8Array()),
  ]);
}

/** Writes the entries of a range for which `keep` holds again, in full chunks, within the transaction that is open. */
export async function rewriteEntries(
  { database, tables }: { readonly database: Database; readonly tables: TableWriter },
  chunked: ChunkedDictionary,
  { range: { tag, from, to }, keep = () => true }: { range: EntryRange; keep?: (id: number) => boolean },
): Promise<void> {
  for (const table of ['packed_entries', 'new_entries'])
    await database.writer.run(`DELETE FROM ${table} WHERE dictionary = ${tag} AND first >= ${from} AND first < ${to}`);
  const ids = liveIds(chunked.dictionary, from, to).filter(keep);
  await appendEntries(tables, encodeChunks(chunked, ids, { effort: 'small', most: FULL_CHUNK }), 'packed_entries');
}

/** In the order of dictionaries and ids. */
export async function listChunks({ writer }: Database): Promise<ChunkPlace[]> {
  const rows = await queryRows(writer, 'SELECT dictionary, first, count FROM entries ORDER BY dictionary, first');
  return Array.from({ length: rows.count }, (_, row) => ({
    tag: rows.number(0, row),
    first: rows.number(1, row),
    count: rows.number(2, row),
  }));
}

/** Worth joining with a neighbour that is, too. */
export const isSmall = ({ count }: ChunkPlace): boolean => count < FULL_CHUNK / 2;

/** The range of a chunk ends where the next one of its dictionary begins. */
export function rangesOf(chunks: readonly ChunkPlace[], chunked: readonly ChunkedDictionary[]): EntryRange[] {
  const ends = new Map(chunked.map(({ tag, dictionary }) => [tag, dictionary.persisted]));
  return chunks.map(({ tag, first }, at) => {
    const next = chunks[at + 1];
    return { tag, from: first, to: next?.tag === tag ? next.first : (ends.get(tag) ?? first) };
  });
}

/** Chunks of at most `most` entries. */
function encodeChunks(
  { tag, encode }: ChunkedDictionary,
  ids: readonly number[],
  { effort, most }: { effort: Effort; most: number },
): EntryChunk[] {
  return Array.from({ length: Math.ceil(ids.length / most) }, (_, at) => {
    const part = ids.slice(at * most, (at + 1) * most);
    return { tag, first: part[0] ?? 0, count: part.length, chunk: encode(part, effort) };
  });
}

function liveIds(dictionary: Dictionary, from: number, to: number): number[] {
  const ids: number[] = [];
  for (let id = from; id < to; id++) if (dictionary.has(id)) ids.push(id);
  return ids;
}
