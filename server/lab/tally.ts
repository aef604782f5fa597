/** Lets others wait for something about an instance to have happened a number of times. */
export interface Tally {
  count(key: string): void;
  /** Resolves when `key` was counted `times` times since the start; rejects with the signal's reason. */
  reach(key: string, times: number, signal: AbortSignal): Promise<void>;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  const waiting = new Set<{ key: string; times: number; done(): void }>();
  return {
    count(key) {
      const seen = (counts.get(key) ?? 0) + 1;
      counts.set(key, seen);
      for (const waiter of waiting) if (waiter.key === key && seen >= waiter.times) waiter.done();
    },
    reach(key, times, signal) {
      signal.throwIfAborted();
      if ((counts.get(key) ?? 0) >= times) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          waiting.delete(waiter);
          signal.removeEventListener('abort', abort);
          settle();
        };
        const abort = (): void => end(() => reject(signal.reason));
        const waiter = { key, times, done: () => end(resolve) };
        waiting.add(waiter);
        signal.addEventListener('abort', abort, { once: true });
      });
    },
  };
}
