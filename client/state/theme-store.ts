import { createStore, type ReadStore } from './store.ts';

export type ThemeStore<Name extends string> = {
  store: ReadStore<{ theme: Name }>;
  choose(theme: Name): void;
};

export type ThemeOptions<Name extends string> = {
  names: readonly Name[];
  /** Without a stored choice: what the system prefers. */
  preferred: Name;
  memory: Pick<Storage, 'getItem' | 'setItem'>;
  /** Puts the theme on the page. */
  apply: (theme: Name) => void;
};

const KEY = 'flamelab.theme';

/** The chosen theme, kept over reloads. */
export function createThemeStore<Name extends string>(options: ThemeOptions<Name>): ThemeStore<Name> {
  const kept = options.memory.getItem(KEY);
  const theme = options.names.find((name) => name === kept) ?? options.preferred;
  const store = createStore<{ theme: Name }>({ theme });
  options.apply(theme);
  return {
    store,
    choose(next) {
      options.memory.setItem(KEY, next);
      store.patch({ theme: next });
      options.apply(next);
    },
  };
}
