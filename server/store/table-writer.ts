import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { type Database, inTransaction } from './database.ts';

/** One column of rows to append: the value at each row. */
export type Column = (row: number) => DuckDBValue;

/** Appends rows to tables, in chunks of the database's own size, within the transaction that is open. */
export class TableWriter {
  private readonly connection: DuckDBConnection;
  private readonly appenders = new Map<string, DuckDBAppender>();

  constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  async append(table: string, rows: number, columns: readonly Column[]): Promise<void> {
    if (rows === 0) return;
    const appender = await this.appenderOf(table);
    const types = columns.map((_, column) => appender.columnType(column));
    const chunkRows = 2_048;
    for (let from = 0; from < rows; from += chunkRows) {
      appender.appendDataChunk(createChunk(types, columns, from, Math.min(chunkRows, rows - from)));
    }
    appender.flushSync();
  }

  /** After a failure: an appender may still hold rows of the transaction that was rolled back. */
  reset(): void {
    for (const appender of this.appenders.values()) {
      try {
        appender.clear();
        appender.closeSync();
      } catch {
        // It is broken already, and nothing of it is wanted.
      }
    }
    this.appenders.clear();
  }

  close(): void {
    for (const appender of this.appenders.values()) appender.closeSync();
    this.appenders.clear();
  }

  private async appenderOf(table: string): Promise<DuckDBAppender> {
    const known = this.appenders.get(table);
    if (known !== undefined) return known;
    const appender = await this.connection.createAppender(table);
    this.appenders.set(table, appender);
    return appender;
  }
}

/** All or nothing, what was appended included. */
export async function inWriteTransaction<T>(
  { database, tables }: { readonly database: Database; readonly tables: TableWriter },
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(database.writer, task);
  } catch (error) {
    tables.reset();
    throw error;
  }
}

function createChunk(
  types: readonly DuckDBType[],
  columns: readonly Column[],
  from: number,
  rows: number,
): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create(types, rows);
  columns.forEach((column, index) => {
    const vector = chunk.getColumnVector(index);
    for (let row = 0; row < rows; row++) vector.setItem(row, column(from + row));
    vector.flush();
  });
  return chunk;
}
