import { stat } from 'node:fs/promises';
import {
  DuckDBBlobValue,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBValue,
} from '@duckdb/node-api';
import { AppError } from '../errors.ts';

/** The open file: one connection writes, some read. Only this room sees it. */
export interface Database {
  readonly writer: DuckDBConnection;
  /** Runs `task` in a transaction of its own, so that all its queries see the same state. */
  read<T>(task: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** A query met damage: the file is to be probed before it is opened again. */
  readonly damaged: boolean;
  /** Moves the log into the file and gives the space of deleted rows back. */
  checkpoint(): Promise<void>;
  /** Bytes of the log. */
  logBytes(): Promise<number>;
  /** Bytes of the file that hold data; the rest is free for what comes next. */
  usedBytes(): Promise<number>;
  /** Ends the connections; what the log holds goes into the file. */
  close(): void;
}

export interface DatabaseOptions {
  readonly memoryBytes: number;
  readonly readOnly?: boolean;
}

/** How the database reports blocks that aren't what was written. */
const DAMAGE = /corrupt|checksum|not read enough bytes|invalidated/i;

/**
 * Of a new file. Each column has at least a part of a block: with the usual 256 KB a store of a few thousand profiles would be
 * half empty. Below 64 KB the database compresses no 64-bit numbers.
 */
const BLOCK_BYTES = '65536';

/**
 * Threads within one query; each query has one of its own anyway. A second one makes every small commit cost twice the
 * processor time, as it is woken and waits for work, and no sum over a day faster where the server's own thread needs a core, too.
 */
const THREADS = '1';

/** Connections that wait for work between queries. */
const IDLE_READERS = 2;

export async function openDatabase(path: string, options: DatabaseOptions): Promise<Database> {
  const instance = await DuckDBInstance.create(path, {
    access_mode: options.readOnly ? 'READ_ONLY' : 'READ_WRITE',
    memory_limit: `${Math.ceil(options.memoryBytes / 1024)}KiB`,
    threads: THREADS,
    default_block_size: BLOCK_BYTES,
    // Of a new file as well: older versions of the database needn't read it, and newer ones keep text in a third of the space.
    storage_compatibility_version: 'latest',
    // The database's allocator keeps what was freed until work comes by that frees more than this at once, or its own thread does.
    allocator_background_threads: 'true',
    allocator_flush_threshold: '16MiB',
    allocator_bulk_deallocation_flush_threshold: '16MiB',
    // The store moves its log itself, when the disk has room: one that fills up meanwhile would end the database.
    checkpoint_threshold: '1TB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false',
  });
  const writer = await instance.connect();
  const idle: DuckDBConnection[] = [];
  let damaged = false;

  return {
    writer,
    get damaged() {
      return damaged;
    },
    async read(task) {
      const connection = idle.pop() ?? (await instance.connect());
      try {
        return await inTransaction(connection, () => task(connection));
      } catch (error) {
        if (!(error instanceof Error && DAMAGE.test(error.message))) throw error;
        damaged = true;
        const hint = 'the file of the store is damaged; start the lab again, which moves it aside';
        throw new AppError('internal', hint, { cause: error });
      } finally {
        if (idle.length < IDLE_READERS) idle.push(connection);
        else connection.closeSync();
      }
    },
    async checkpoint() {
      await writer.run('CHECKPOINT');
    },
    async logBytes() {
      return (await stat(`${path}.wal`).catch(() => null))?.size ?? 0;
    },
    async usedBytes() {
      const sizes = await queryRows(writer, 'SELECT block_size * used_blocks FROM pragma_database_size()');
      return sizes.number(0, 0);
    },
    close() {
      for (const connection of [...idle, writer]) connection.closeSync();
      instance.closeSync();
    },
  };
}

/** All or nothing: rolls back when `task` fails. */
export async function inTransaction<T>(connection: DuckDBConnection, task: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN');
  try {
    const result = await task();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** An answer in columns; reading a value as what it isn't throws. */
export interface Rows {
  readonly count: number;
  hasNull(column: number): boolean;
  number(column: number, row: number): number;
  numberOrNull(column: number, row: number): number | null;
  bigint(column: number, row: number): bigint;
  text(column: number, row: number): string;
  bytes(column: number, row: number): Uint8Array;
}

export async function queryRows(connection: DuckDBConnection, sql: string): Promise<Rows> {
  const columns = columnsOf(await (await connection.run(sql)).fetchAllChunks());
  const at = (column: number, row: number): DuckDBValue => columns[column]?.[row] ?? null;
  const numberOrNull = (column: number, row: number): number | null => {
    const value = at(column, row);
    if (value === null) return null;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
    throw new Error(`column ${column} of the store's answer is no number`);
  };
  return {
    count: columns[0]?.length ?? 0,
    hasNull: (column) => columns[column]?.includes(null) ?? false,
    numberOrNull,
    number: (column, row) => numberOrNull(column, row) ?? 0,
    bigint(column, row) {
      const value = at(column, row);
      if (value === null) return 0n;
      if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
      throw new Error(`column ${column} of the store's answer is no integer`);
    },
    text(column, row) {
      const value = at(column, row);
      if (typeof value === 'string') return value;
      throw new Error(`column ${column} of the store's answer is no text`);
    },
    bytes(column, row) {
      const value = at(column, row);
      if (value instanceof DuckDBBlobValue) return value.bytes;
      throw new Error(`column ${column} of the store's answer has no bytes`);
    },
  };
}

function columnsOf(chunks: readonly DuckDBDataChunk[]): DuckDBValue[][] {
  const columns: DuckDBValue[][] = [];
  for (const chunk of chunks) {
    for (let column = 0; column < chunk.columnCount; column++) {
      const vector = chunk.getColumnVector(column);
      const values = columns[column] ?? [];
      columns[column] = values;
      for (let row = 0; row < chunk.rowCount; row++) values.push(vector.getItem(row));
    }
  }
  return columns;
}
