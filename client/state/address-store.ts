import { createStore, type ReadStore } from './store.ts';

/** Where the page is: `/explore` and `?kind=cpu&…` (or ''). */
export interface Address {
  readonly path: string;
  readonly search: string;
}

/** The browser's address bar and history, as far as the page uses them. */
export interface AddressBar {
  read(): Address;
  push(url: string): void;
  replace(url: string): void;
  /** Hears of back and forward; returns what stops it. */
  onTravel(listener: () => void): () => void;
}

export interface AddressStore {
  readonly store: ReadStore<Address>;
  /** Another place, or another view of the same one: back returns from it. The present address does nothing. */
  go(path: string, search?: string): void;
  /** The same view said better, e.g. letter by letter of a search: back doesn't stop at it. */
  amend(search: string): void;
  dispose(): void;
}

/** The address is the truth about what is shown: a link, the back button and an action of the page end in the same place. */
export function createAddressStore(bar: AddressBar): AddressStore {
  const store = createStore<Address>(bar.read());
  const isHere = (path: string, search: string) => path === store.get().path && search === store.get().search;
  return {
    store,
    go(path, search = '') {
      if (isHere(path, search)) return;
      bar.push(`${path}${search}`);
      store.set({ path, search });
    },
    amend(search) {
      const { path } = store.get();
      if (isHere(path, search)) return;
      bar.replace(`${path}${search}`);
      store.set({ path, search });
    },
    dispose: bar.onTravel(() => store.set(bar.read())),
  };
}
