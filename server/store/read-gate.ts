/** Lets readers in together, and a task that changes what they read alone. */
export interface ReadGate {
  read<T>(task: () => Promise<T>): Promise<T>;
  /** Waits until the readers are out, keeps new ones waiting meanwhile. One at a time. */
  exclusive<T>(task: () => Promise<T>): Promise<T>;
}

export function createReadGate(): ReadGate {
  const readers = new Set<Promise<unknown>>();
  let closed: Promise<unknown> | null = null;

  return {
    async read(task) {
      while (closed !== null) await closed;
      const reading = task();
      const settled = reading.then(
        () => undefined,
        () => undefined,
      );
      readers.add(settled);
      try {
        return await reading;
      } finally {
        readers.delete(settled);
      }
    },
    async exclusive(task) {
      while (closed !== null) await closed;
      let open = (): void => undefined;
      closed = new Promise<void>((resolve) => {
        open = resolve;
      });
      try {
        await Promise.all(readers);
        return await task();
      } finally {
        closed = null;
        open();
      }
    },
  };
}
