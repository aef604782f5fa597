import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { ColumnReader, ColumnWriter } from './columns.ts';

/** An entry of a dictionary with its id. */
export type Numbered<T> = readonly [id: number, entry: T];

/** How the entries of one dictionary stand in a chunk: column by column, so that like stands beside like. */
export interface EntryColumns<T> {
  write(columns: ColumnWriter, entries: readonly Numbered<T>[]): void;
  /** One entry for each id, in their order. */
  read(columns: ColumnReader, ids: readonly number[]): T[];
}

const compressBrotli = promisify(brotliCompress);

const LARGEST_ID = 2 ** 31 - 1;

/** How the columns of a chunk are compressed. */
const DEFLATE = 0;
const BROTLI = 1;
const HEAD_BYTES = 5;
/** One below the best, which takes twice the time for nothing. */
const QUALITY = 10;

/**
 * Consecutive entries of a dictionary in columns; ids ascend. Ids between them are those of forgotten entries.
 *
 *     entries   7 a   8 b   11 c          first = 7, kept beside the chunk
 *     columns   count     3
 *               gaps        0 2           ids left out before each further entry
 *               entries   a b c           as `EntryColumns` writes them
 */
export function writeEntries<T>(kind: EntryColumns<T>, entries: readonly Numbered<T>[]): Uint8Array {
  const columns = new ColumnWriter();
  columns.unsigned(entries.length);
  let next = entries[0]?.[0] ?? 0;
  entries.forEach(([id], at) => {
    if (at > 0) columns.unsigned(id - next);
    next = id + 1;
  });
  kind.write(columns, entries);
  return columns.finish();
}

/**
 * Columns as a chunk, in no time: for what a commit waits for.
 *
 *     how 1 │ CRC-32 of the columns 4 │ the columns, compressed
 */
export function compressQuickly(columns: Uint8Array): Uint8Array {
  return chunkOf(DEFLATE, columns, deflateRawSync(columns, { level: constants.Z_BEST_SPEED }));
}

/** As small as can be, in another thread and some tenths of a second: for what stays. */
export async function compressWell(columns: Uint8Array): Promise<Uint8Array> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: columns.length,
  };
  return chunkOf(BROTLI, columns, await compressBrotli(columns, { params }));
}

/** Throws when the bytes aren't a chunk of this kind. */
export function decodeChunk<T>(kind: EntryColumns<T>, first: number, chunk: Uint8Array): Numbered<T>[] {
  try {
    const columns = new ColumnReader(decompress(chunk));
    const ids = readIds(columns, first);
    const entries = kind.read(columns, ids);
    columns.expectEnd();
    return entries.map((entry, at) => [ids[at] ?? first, entry]);
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the chunk of entries from ${first} on is damaged: ${seen}`, { cause });
  }
}

function chunkOf(how: number, columns: Uint8Array, compressed: Uint8Array): Uint8Array {
  const chunk = Buffer.allocUnsafe(HEAD_BYTES + compressed.length);
  chunk[0] = how;
  chunk.writeUInt32LE(crc32(columns), 1);
  chunk.set(compressed, HEAD_BYTES);
  return chunk;
}

function decompress(chunk: Uint8Array): Uint8Array {
  if (chunk.length < HEAD_BYTES) throw new Error(`it has ${chunk.length} bytes`);
  const compressed = chunk.subarray(HEAD_BYTES);
  const [how] = chunk;
  if (how !== DEFLATE && how !== BROTLI) throw new Error(`it is compressed in a way ${how}`);
  const columns = how === DEFLATE ? inflateRawSync(compressed) : brotliDecompressSync(compressed);
  if (crc32(columns) !== Buffer.from(chunk.buffer, chunk.byteOffset).readUInt32LE(1))
    throw new Error('its checksum is another');
  return columns;
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
