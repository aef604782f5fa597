import { deserialize, serialize } from 'node:v8';
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from './database.ts';
import type { StoredPoint, StoredWindow } from './entries.ts';
import type { EntryChunk } from './entry-table.ts';
import { type JournalFile, readRecords } from './journal-file.ts';

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
 * Batches that are durable and not in the database yet. A commit appends one record to a file, since the database takes
 * milliseconds for any number of rows; many batches are filed together: before the next question to the database, before work
 * on its tables, or when there are enough.
 *
 *     commit    1   2   3             4          record by record into the journal
 *     file              └ 1 2 3 ┘         └ 4 ┘  into the tables, with the number of the last; then the journal is emptied
 */
export class Journal {
  /** Windows, samples and points. */
  size = 0;
  private readonly batches: Batch[] = [];
  private waiting: { resolve(): void; reject(error: unknown): void }[] = [];
  private readonly file: JournalFile;
  private last: number;

  /** An empty one; `filed`: number of the last batch in the database. */
  constructor(file: JournalFile, filed: number) {
    this.file = file;
    this.last = filed;
  }

  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  get isFull(): boolean {
    return this.size >= MOST_UNFILED;
  }

  get bytes(): number {
    return this.file.length;
  }

  /** Durable ones, in their order, and the number of the last. */
  get unfiled(): { readonly batches: readonly Batch[]; readonly last: number } {
    return { batches: this.batches, last: this.last };
  }

  /** Resolves when it is durable; one at a time. */
  async add(batch: Batch): Promise<void> {
    await this.file.append({ number: this.last + 1, payload: serialize(batch) });
    this.last++;
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

  /** All of them are in the database, durably. */
  async clear(): Promise<void> {
    this.batches.length = 0;
    this.size = 0;
    for (const { resolve } of this.waiting.splice(0)) resolve();
    await this.file.empty();
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** Number of the last batch in the database; the journal's next ones follow it. */
export async function readFiledNumber(connection: DuckDBConnection): Promise<number> {
  return (await queryRows(connection, 'SELECT batch FROM filed')).number(0, 0);
}

/** Within the transaction that is open: a view, as in the schema. */
export async function writeFiledNumber(connection: DuckDBConnection, last: number): Promise<void> {
  await connection.run(`CREATE OR REPLACE VIEW filed AS SELECT ${last} AS batch`);
}

/** Batches that a lab which was ended had not filed. */
export interface LeftBatches {
  readonly batches: readonly Batch[];
  readonly last: number;
  /** Why there may have been more; null when nothing speaks for it. */
  readonly damage: string | null;
}

/** Those in the bytes of a journal that follow number `filed`. */
export function findLeft(bytes: Buffer, filed: number): LeftBatches {
  const { records, damage } = readRecords(bytes);
  const later = records.filter(({ number }) => number > filed);
  const batches: Batch[] = [];
  const left = (why: string | null) => ({ batches, last: filed + batches.length, damage: why });
  for (const { number, payload } of later) {
    const expected = filed + batches.length + 1;
    if (number !== expected)
      return left(`it goes on with batch ${number} after ${expected - 1}, which is the last known`);
    try {
      batches.push(deserialize(payload));
    } catch (error) {
      return left(`its batch ${number} can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return left(damage);
}
