import { deserialize, serialize } from 'node:v8';
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRows } from './database.ts';
import type { SampleColumns, StoredPoint, StoredWindow, WindowFacts } from './entries.ts';
import type { EntryChunk } from './entry-table.ts';
import { type JournalFile, readRecords } from './journal-file.ts';
import { divideColumns } from './sample-pages.ts';

/** What one commit makes durable. */
export interface Batch {
  /** New entries of the dictionaries. */
  readonly entries: readonly EntryChunk[];
  readonly windows: readonly StoredWindow[];
  /** Those of all windows, one after another; each window has its part of them. */
  readonly samples: SampleColumns;
  readonly points: readonly StoredPoint[];
}

/** Samples, points and windows of batches that are filed at once: some hundredths of a second of work. */
const MOST_UNFILED = 20_000;

/** Batches in their order, and the number of the last. */
export interface Unfiled {
  readonly batches: readonly Batch[];
  readonly last: number;
}

/**
 * Batches that are durable and not in the database yet. A commit appends one record to a file, since the database takes
 * milliseconds for any number of rows; many batches are filed together: before the next question to the database, before work
 * on its tables, or when there are enough. There are two files, so that commits go on while the other one's batches are filed.
 *
 *     commits    1   2   3 │ 4   5   6        record by record
 *     files      ──── a ───┼──── b ────
 *     filing               │ 1 2 3            into the tables, with the number of the last; then a is emptied
 */
export class Journal {
  private batches: Batch[] = [];
  private unfiledSize = 0;
  private last: number;
  /** The file that batches go to, and the other one, which is empty unless its batches are being filed, or couldn't be. */
  private current: JournalFile;
  private other: JournalFile;
  private taken: Unfiled | null = null;
  private takenSize = 0;
  private isAdding = false;
  private afterAdding = (): void => undefined;
  private waiting: { readonly last: number; resolve(): void; reject(error: unknown): void }[] = [];

  /** Of empty files; `filed`: number of the last batch in the database. */
  constructor(files: readonly [JournalFile, JournalFile], filed: number) {
    [this.current, this.other] = files;
    this.last = filed;
  }

  get isEmpty(): boolean {
    return this.batches.length === 0 && this.taken === null;
  }

  /** What was taken last couldn't be filed. */
  get hasTaken(): boolean {
    return this.taken !== null;
  }

  /** Windows, samples and points. */
  get size(): number {
    return this.unfiledSize + this.takenSize;
  }

  get isFull(): boolean {
    return this.unfiledSize >= MOST_UNFILED;
  }

  get bytes(): number {
    return this.current.length + this.other.length;
  }

  /** Resolves when it is durable; one at a time. */
  async add(batch: Batch): Promise<void> {
    this.isAdding = true;
    try {
      await this.current.append({ number: this.last + 1, payload: serialize(recordOf(batch)) });
      this.last++;
      this.batches.push(batch);
      this.unfiledSize += batch.points.length;
      for (const { samples } of batch.windows) this.unfiledSize += 1 + samples;
    } finally {
      this.isAdding = false;
      this.afterAdding();
    }
  }

  /** Resolves once all that is durable now is filed; `ask` has it filed, if nobody does so before. */
  filed(ask: () => Promise<void>): Promise<void> {
    if (this.isEmpty) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ last: this.last, resolve, reject });
      ask().catch(reject);
    });
  }

  /** What is to be filed: what couldn't be filed last time, else all that is durable. One at a time. */
  async take(): Promise<Unfiled> {
    if (this.isAdding && this.taken === null) {
      await new Promise<void>((resolve) => {
        this.afterAdding = () => {
          this.turn();
          resolve();
        };
      });
      this.afterAdding = () => undefined;
    }
    return this.taken ?? this.turn();
  }

  /** What was taken is in the database, durably. */
  async clear(): Promise<void> {
    const last = this.taken?.last ?? 0;
    this.taken = null;
    this.takenSize = 0;
    const filed = this.waiting.filter((one) => one.last <= last);
    this.waiting = this.waiting.filter((one) => one.last > last);
    for (const { resolve } of filed) resolve();
    await this.other.empty();
  }

  async close(): Promise<void> {
    await this.current.close();
    await this.other.close();
  }

  /** Further batches go to the other file. */
  private turn(): Unfiled {
    const taken = { batches: this.batches, last: this.last };
    this.taken = taken;
    this.takenSize = this.unfiledSize;
    this.batches = [];
    this.unfiledSize = 0;
    [this.current, this.other] = [this.other, this.current];
    return taken;
  }
}

/** A batch as it stands in the file: once all columns, not for each window a part. */
interface BatchRecord extends Omit<Batch, 'windows'> {
  readonly windows: readonly WindowFacts[];
}

function recordOf({ windows, ...batch }: Batch): BatchRecord {
  return { ...batch, windows: windows.map(({ stacks: _, labelSets: __, values: ___, ...facts }) => facts) };
}

function batchOf({ windows, ...batch }: BatchRecord): Batch {
  const nextPart = divideColumns(batch.samples);
  return { ...batch, windows: windows.map((facts): StoredWindow => ({ ...facts, ...nextPart(facts) })) };
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
export interface LeftBatches extends Unfiled {
  /** Why there may have been more; null when nothing speaks for it. */
  readonly damage: string | null;
}

/** Those in the bytes of a journal's files that follow number `filed`. */
export function findLeft(files: readonly Buffer[], filed: number): LeftBatches {
  const read = files.map(readRecords);
  const damage = read.find((each) => each.damage !== null)?.damage ?? null;
  const records = read.flatMap((each) => each.records).sort((a, b) => a.number - b.number);
  const later = records.filter(({ number }) => number > filed);
  const batches: Batch[] = [];
  const left = (why: string | null) => ({ batches, last: filed + batches.length, damage: why });
  for (const { number, payload } of later) {
    const expected = filed + batches.length + 1;
    if (number !== expected)
      return left(`it goes on with batch ${number} after ${expected - 1}, which is the last known`);
    try {
      batches.push(batchOf(deserialize(payload)));
    } catch (error) {
      return left(`its batch ${number} can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return left(damage);
}
