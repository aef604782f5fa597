import { constants, deflateSync, inflateSync } from 'node:zlib';
import { ColumnReader, ColumnWriter } from './columns.ts';

/** An entry of a dictionary with its id. */
export type Numbered<T> = readonly [id: number, entry: T];

/** How the entries of one dictionary stand in a chunk: column by column, so that like stands beside like. */
export interface EntryColumns<T> {
  write(columns: ColumnWriter, entries: readonly Numbered<T>[]): void;
  /** One entry for each id, in their order. */
  read(columns: ColumnReader, ids: readonly number[]): T[];
}

/** `quick` for what a commit waits for, `small` for what stays. */
export type Effort = 'quick' | 'small';

const LEVELS: Readonly<Record<Effort, number>> = { quick: constants.Z_BEST_SPEED, small: 6 };
const LARGEST_ID = 2 ** 31 - 1;

/**
 * Consecutive entries of a dictionary as bytes; ids ascend. Ids between them are those of forgotten entries.
 *
 *     entries   7 a   8 b   11 c          first = 7, kept beside the chunk
 *     columns   count     3
 *               gaps        0 2           ids left out before each further entry
 *               entries   a b c           as `EntryColumns` writes them
 *     chunk     the columns as a zlib stream, whose checksum tells when it isn't what was written
 */
export function encodeChunk<T>(kind: EntryColumns<T>, entries: readonly Numbered<T>[], effort: Effort): Uint8Array {
  const columns = new ColumnWriter();
  columns.unsigned(entries.length);
  let next = entries[0]?.[0] ?? 0;
  entries.forEach(([id], at) => {
    if (at > 0) columns.unsigned(id - next);
    next = id + 1;
  });
  kind.write(columns, entries);
  return deflateSync(columns.finish(), { level: LEVELS[effort] });
}

/** Throws when the bytes aren't a chunk of this kind. */
export function decodeChunk<T>(kind: EntryColumns<T>, first: number, chunk: Uint8Array): Numbered<T>[] {
  try {
    const columns = new ColumnReader(inflateSync(chunk));
    const ids = readIds(columns, first);
    const entries = kind.read(columns, ids);
    columns.expectEnd();
    return entries.map((entry, at) => [ids[at] ?? first, entry]);
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the chunk of entries from ${first} on is damaged: ${seen}`, { cause });
  }
}

function readIds(columns: ColumnReader, first: number): number[] {
  const count = columns.unsigned();
  const ids: number[] = [];
  for (let id = first; ids.length < count; id++) {
    if (ids.length > 0) id += columns.unsigned();
    if (id > LARGEST_ID) throw new Error(`it has an entry ${id}`);
    ids.push(id);
  }
  return ids;
}
