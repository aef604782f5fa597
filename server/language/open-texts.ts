import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
} from 'vscode-languageserver-protocol/node';
import type { Clock } from '../clock.ts';

const MOST_OPEN = 16;
/** A text that nobody asks about is that of a page that is gone, or of a file that isn't being edited: then what is on disk counts. */
const FORGOTTEN_MILLIS = 60_000;

export type Notify = (type: { readonly method: string }, params: object) => Promise<void>;

/** The texts that a server takes for the newest, whatever is on disk. */
export interface OpenTexts {
  /** The version under which the server has this text. `anew`: it is sent also when it is there, so that the server says again what it thinks. */
  show(uri: string, text: string, anew: boolean): number;
  close(uri: string): void;
}

export function createOpenTexts(notify: Notify, clock: Clock): OpenTexts {
  const open = new Map<string, { readonly version: number; readonly text: string; readonly askedAt: number }>();
  let newest = 0;
  const close = (uri: string): void => {
    if (open.delete(uri)) void notify(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  };
  return {
    close,
    show(uri, text, anew) {
      const there = open.get(uri);
      open.delete(uri);
      const askedAt = clock.now();
      for (const [other, { askedAt: before }] of open)
        if (open.size >= MOST_OPEN || askedAt - before >= FORGOTTEN_MILLIS) close(other);
      if (there?.text === text && !anew) {
        open.set(uri, { ...there, askedAt });
        return there.version;
      }
      newest += 1;
      const version = newest;
      open.set(uri, { version, text, askedAt });
      if (there) {
        void notify(DidChangeTextDocumentNotification.type, {
          textDocument: { uri, version },
          contentChanges: [{ text }],
        });
      } else {
        void notify(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'go', version, text } });
      }
      return version;
    },
  };
}
