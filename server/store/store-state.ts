import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { ReadGate } from './read-gate.ts';
import type { RecentWindows } from './recent-windows.ts';
import type { StoreLimits } from './store-limits.ts';
import type { TableWriter } from './table-writer.ts';

/** What the parts of an open store share. */
export interface StoreState {
  readonly path: string;
  readonly database: Database;
  readonly tables: TableWriter;
  readonly dictionaries: Dictionaries;
  readonly recent: RecentWindows;
  readonly gate: ReadGate;
  readonly limits: StoreLimits;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Profiles in the file. */
  profiles: number;
  nextWindow: number;
  /** Why nothing is taken at the moment; null = it is. */
  full: string | null;
}
