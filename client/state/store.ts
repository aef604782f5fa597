export type ReadStore<T> = {
  get(): T;
  subscribe(listener: () => void): () => void;
};
export type Store<T> = ReadStore<T> & {
  /** Replaces the value; listeners hear of it only when it is another one. */
  set(next: T): void;
  /** Merges `patch` into an object value. */
  patch(patch: Partial<T>): void;
};

/** A value with listeners. Values are never changed in place: a changed part is a new object, an unchanged part the same. */
export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    patch: (patch) => set({ ...value, ...patch }),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
