import { AppError } from '../errors.ts';

/** Work of the one writer, in order. */
export interface GroupCommit<T, R> {
  /** Resolves when the batch that has this item is durable. A patient item waits a while for others to share its batch. */
  add(item: T, options?: { readonly patient: boolean }): Promise<R>;
  /** Runs `task` alone: after the batch in progress, before the next. */
  exclusive<V>(task: () => Promise<V>): Promise<V>;
  /** Refuses new work and resolves when all that was taken is done. */
  close(): Promise<void>;
}

export type Exclusive = GroupCommit<unknown, unknown>['exclusive'];

export interface GroupCommitOptions<T, R> {
  /** Makes a batch durable, all or nothing, and answers for each item in order. */
  commit(items: readonly T[]): Promise<readonly R[]>;
  /** Weight of an item; a batch takes what fits into `maxBatchWeight`, and always one item. */
  weightOf(item: T): number;
  readonly maxBatchWeight: number;
  readonly maxQueued: number;
  /** How long a patient item waits at most. (Real time: nothing but the number of commits depends on it.) */
  readonly patienceMillis: number;
}

interface Waiting<T, R> {
  readonly item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Batches what arrives while the last commit runs, so that many writers share the cost of making their data durable.
 *
 *     arrive   a    b c d          e
 *     commit   [ a      ][ b c d   ][ e ]
 */
export function createGroupCommit<T, R>(options: GroupCommitOptions<T, R>): GroupCommit<T, R> {
  let queue: Waiting<T, R>[] = [];
  let tasks: (() => Promise<void>)[] = [];
  let running: Promise<void> | null = null;
  let closed = false;
  let patience: NodeJS.Timeout | null = null;

  const takeBatch = (): Waiting<T, R>[] => {
    let weight = 0;
    let count = 0;
    for (const { item } of queue) {
      weight += options.weightOf(item);
      if (count > 0 && weight > options.maxBatchWeight) break;
      count++;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  };
  const commitBatch = async (): Promise<void> => {
    const batch = takeBatch();
    try {
      const results = await options.commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined) reject(new Error('a commit left out one of its items'));
        else resolve(result);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const work = async (): Promise<void> => {
    while (queue.length > 0 || tasks.length > 0) {
      const task = tasks.shift();
      await (task === undefined ? commitBatch() : task());
    }
    running = null;
  };
  const start = (): void => {
    if (patience !== null) clearTimeout(patience);
    patience = null;
    running ??= Promise.resolve().then(work);
  };
  const refuseWhenClosed = (): void => {
    if (closed) throw new AppError('internal', 'the store is closed');
  };

  return {
    async add(item, { patient } = { patient: false }) {
      refuseWhenClosed();
      if (queue.length >= options.maxQueued) {
        throw new AppError('busy', `${queue.length} profiles wait to be stored; send this one again later`);
      }
      return new Promise<R>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        if (patient && running === null) patience ??= setTimeout(start, options.patienceMillis);
        else start();
      });
    },
    async exclusive(task) {
      refuseWhenClosed();
      return new Promise((resolve, reject) => {
        tasks.push(() => task().then(resolve, reject));
        start();
      });
    },
    async close() {
      closed = true;
      if (patience !== null) start();
      while (running !== null) await running;
      tasks = [];
    },
  };
}
