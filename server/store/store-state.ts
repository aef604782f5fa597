import type { DuckDBConnection } from '@duckdb/node-api';
import type { Clock } from '../clock.ts';
import type { Arrivals } from './arrivals.ts';
import type { Database } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { Journal } from './journal.ts';
import type { ReadGate } from './read-gate.ts';
import type { RecentWindows } from './recent-windows.ts';
import type { SamplePages } from './sample-pages.ts';
import type { StackPaths } from './stack-paths.ts';
import type { StoreLimits } from './store-limits.ts';
import type { TableWriter } from './table-writer.ts';

export type StoreWork = 'commit' | 'filing' | 'compaction';

/** What the parts of an open store share. */
export interface StoreState {
  readonly path: string;
  readonly database: Database;
  readonly tables: TableWriter;
  readonly dictionaries: Dictionaries;
  readonly journal: Journal;
  /** Runs `task` on the file when all that was durable before is in its tables. */
  readFile<T>(task: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Another one after entries of the dictionaries are gone. */
  paths: StackPaths;
  readonly recent: RecentWindows;
  readonly pages: SamplePages;
  readonly gate: ReadGate;
  readonly limits: StoreLimits;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Profiles in the file. */
  profiles: number;
  nextWindow: number;
  readonly arrivals: Arrivals;
  /** Samples that compaction has yet to put in order; at least as many as there are. */
  looseRows: number;
  /** Entries of dictionaries that compaction has yet to put into full chunks; some may stay as they are. */
  looseEntries: number;
  /** Says when work begins and ends that a kill may interrupt. */
  readonly onWork: (work: StoreWork, edge: 'begins' | 'ends') => void;
  /** Why nothing is taken at the moment; null = it is. */
  full: string | null;
}
