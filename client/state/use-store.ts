import { useSyncExternalStore } from 'react';
import type { ReadStore } from './store.ts';

/** The part of a store that a component shows. `select` must return something that is already in the state, or a plain value. */
export function useStore<T, S>(store: ReadStore<T>, select: (state: T) => S): S {
  const read = () => select(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}
