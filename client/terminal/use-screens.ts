import { useEffect, useRef } from 'react';
import type { TerminalStore } from '../state/index.ts';
import { createScreen, type Screen } from './screen.ts';

export type UseScreensOptions = {
  terminals: TerminalStore;
  ids: readonly string[];
  theme: string;
  onLink: (url: string) => void;
};

/**
 * The screens outlive the panel: hiding the tab or turning the phone must not lose a shell's output. They belong to the
 * terminal store, so they are kept beside it.
 */
const screensOf = new WeakMap<TerminalStore, Map<string, Screen>>();

export function useScreens({ terminals, ids, theme, onLink }: UseScreensOptions): ReadonlyMap<string, Screen> {
  const ask = useRef(onLink);
  ask.current = onLink;
  const screens = screensOf.get(terminals) ?? new Map<string, Screen>();
  screensOf.set(terminals, screens);
  for (const id of ids) {
    if (screens.has(id)) continue;
    screens.set(id, createScreen({ id, terminals, onLink: (url) => ask.current(url) }));
  }
  const key = ids.join(' ');
  useEffect(() => {
    const kept = new Set(key.split(' '));
    for (const [id, screen] of screens) {
      if (kept.has(id)) continue;
      screen.dispose();
      screens.delete(id);
    }
  }, [screens, key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the page's tokens
  useEffect(() => {
    for (const screen of screens.values()) screen.restyle();
  }, [screens, theme]);
  return screens;
}
