import { useSyncExternalStore } from 'react';
import { THEMES, type Theme } from './theme.ts';

/** The theme on <html>; follows it. */
export function usePageTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      const observer = new MutationObserver(listener);
      observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
      return () => observer.disconnect();
    },
    () => THEMES.find((theme) => theme === document.documentElement.dataset.theme) ?? 'light',
  );
}
