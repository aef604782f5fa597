import { deserialize, serialize } from 'node:v8';
import { DuckDBBlobValue, type DuckDBConnection } from '@duckdb/node-api';
import { type Database, queryRows } from './database.ts';
import type { StoredPoint, StoredWindow } from './entries.ts';
import type { EntryChunk } from './entry-table.ts';
import type { TableWriter } from './table-writer.ts';

/** What one commit makes durable. */
export interface Batch {
  /** New entries of the dictionaries. */
  readonly entries: readonly EntryChunk[];
  readonly windows: readonly StoredWindow[];
  readonly points: readonly StoredPoint[];
}

/** Samples, points and windows of batches that are filed at once: some milliseconds of work. */
const MOST_UNFILED = 10_000;

/**
 * Batches that are durable and not in their tables yet. A commit writes one row, since each table that it writes to costs a
 * millisecond whatever it gets; many batches are filed together: before the next question to the file, before work on the tables,
 * or when there are enough.
 *
 *     commit    a   b   c             d          row by row into `journal`
 *     file              └ a b c ┘         └ d ┘   into the tables, and out of `journal`, in one transaction
 */
export class Journal {
  private readonly batches: Batch[] = [];
  /** Windows, samples and points. */
  size = 0;
  private waiting: { resolve(): void; reject(error: unknown): void }[] = [];

  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  get isFull(): boolean {
    return this.size >= MOST_UNFILED;
  }

  /** Durable ones, in their order. */
  get unfiled(): readonly Batch[] {
    return this.batches;
  }

  add(batch: Batch): void {
    this.batches.push(batch);
    this.size += batch.points.length;
    for (const { samples } of batch.windows) this.size += 1 + samples;
  }

  /** Resolves once all that is durable now is filed; `ask` has it filed, if nobody does so before. */
  filed(ask: () => Promise<void>): Promise<void> {
    if (this.isEmpty) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      ask().catch(reject);
    });
  }

  /** All of them are in the tables. */
  clear(): void {
    this.batches.length = 0;
    this.size = 0;
    for (const { resolve } of this.waiting.splice(0)) resolve();
  }
}

/** Within the transaction that is open. */
export async function appendToJournal(tables: TableWriter, batch: Batch): Promise<void> {
  await tables.append('journal', 1, [() => new DuckDBBlobValue(serialize(batch))]);
}

/** Batches that a lab which was ended had not filed. Throws when one isn't what was written. */
export async function readJournal(connection: DuckDBConnection): Promise<Batch[]> {
  const rows = await queryRows(connection, 'SELECT batch FROM journal ORDER BY rowid');
  return Array.from({ length: rows.count }, (_, row): Batch => deserialize(rows.bytes(0, row)));
}

/** Within the transaction that is open. */
export async function emptyJournal({ writer }: Pick<Database, 'writer'>): Promise<void> {
  await writer.run('DELETE FROM journal');
}
