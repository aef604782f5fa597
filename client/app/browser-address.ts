import type { AddressBar } from '../state/index.ts';

/** The address of this tab. */
export const browserAddress: AddressBar = {
  read: () => ({ path: window.location.pathname, search: window.location.search }),
  push: (url) => window.history.pushState(null, '', url),
  replace: (url) => window.history.replaceState(null, '', url),
  onTravel(listener) {
    window.addEventListener('popstate', listener);
    return () => window.removeEventListener('popstate', listener);
  },
};
