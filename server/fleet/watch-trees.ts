import type { Clock } from '../clock.ts';
import type { OwnedTree } from './owned-tree.ts';
import { type ProcessRow, readProcessTable } from './process-table.ts';

export interface TreeLimits {
  /** Resident memory of the whole tree. */
  readonly bytes: number;
  /** Processes in the tree. */
  readonly processes: number;
}

export interface WatchedTree {
  readonly tree: OwnedTree;
  readonly limits: TreeLimits;
  /** Read the whole table at every tick: for what is short-lived and may grow fast, as a compiler does. */
  readonly close: boolean;
  /** Once, with the reason in words. */
  readonly onOver: (reason: string) => void;
}

export interface TreeWatch {
  add(watched: WatchedTree): () => void;
  dispose(): void;
}

const TICK_MILLIS = 500;
const TABLE_EVERY_TICKS = 8;

/**
 * Polls memory and number of processes of all trees. Each tick reads the roots; the whole process table, which costs some
 * milliseconds on a desktop, is read once for all trees at every eighth tick, or at every tick while a close watch is on.
 */
export function createTreeWatch(clock: Clock): TreeWatch {
  const all = new Set<WatchedTree>();
  let cancel: (() => void) | null = null;
  let ticks = 0;

  const tick = () => {
    ticks++;
    const isFull = ticks % TABLE_EVERY_TICKS === 0 || [...all].some((one) => one.close);
    const table = isFull ? readProcessTable() : null;
    for (const one of [...all]) {
      const reason = findExcess(one, table);
      if (reason === null) continue;
      all.delete(one);
      one.onOver(reason);
    }
    schedule();
  };
  const schedule = () => {
    cancel = all.size > 0 ? clock.after(TICK_MILLIS, tick) : null;
  };
  return {
    add(watched) {
      all.add(watched);
      if (cancel === null) schedule();
      return () => all.delete(watched);
    },
    dispose() {
      all.clear();
      cancel?.();
      cancel = null;
    },
  };
}

function findExcess({ tree, limits }: WatchedTree, table: readonly ProcessRow[] | null): string | null {
  const rows = table === null ? [] : tree.look(table);
  const bytes = table === null ? tree.rootBytes() : rows.reduce((sum, row) => sum + row.residentBytes, 0);
  if (bytes > limits.bytes) return `used ${megabytes(bytes)} of memory, the limit is ${megabytes(limits.bytes)}`;
  if (rows.length > limits.processes) return `had ${rows.length} processes, the limit is ${limits.processes}`;
  return null;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
}
