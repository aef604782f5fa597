import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
} from 'vscode-languageserver-protocol/node';

/** What isn't asked for longest is closed: then its file counts again. */
const MOST_OPEN = 16;

export type Notify = (type: { readonly method: string }, params: object) => Promise<void>;

/** The texts that a server takes for the newest, whatever is on disk. */
export interface OpenTexts {
  /** The version under which the server has this text. `anew`: it is sent also when it is there, so that the server says again what it thinks. */
  show(uri: string, text: string, anew: boolean): number;
  close(uri: string): void;
}

export function createOpenTexts(notify: Notify): OpenTexts {
  const open = new Map<string, { readonly version: number; readonly text: string }>();
  let newest = 0;
  const close = (uri: string): void => {
    if (open.delete(uri)) void notify(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  };
  return {
    close,
    show(uri, text, anew) {
      const there = open.get(uri);
      open.delete(uri);
      if (there?.text === text && !anew) {
        open.set(uri, there);
        return there.version;
      }
      newest += 1;
      const version = newest;
      open.set(uri, { version, text });
      const [oldest] = open.keys();
      if (open.size > MOST_OPEN && oldest !== undefined) close(oldest);
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
