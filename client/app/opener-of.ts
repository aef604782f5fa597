import type { FileOpener } from '../take-home/index.ts';
import type { Session } from './session.ts';

/** Opened files are shown on the Explore page. */
export function openerOf({ api, address, notices }: Session): FileOpener {
  return {
    open: api.openFile,
    notices,
    onOpen(link) {
      const { pathname, search } = new URL(link, window.location.origin);
      address.go(pathname, search);
    },
  };
}
