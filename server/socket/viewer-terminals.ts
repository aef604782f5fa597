import type { ClientMessage, ServerEvent, ServerMessage } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import type { Terminal, Terminals } from '../terminal/terminals.ts';

export type SendToViewer = <E extends ServerEvent>(event: E, message: ServerMessage<E>) => void;

export interface ViewerTerminals {
  readonly handlers: {
    'terminal:open': (message: ClientMessage<'terminal:open'>) => void;
    'terminal:type': (message: ClientMessage<'terminal:type'>) => void;
    'terminal:resize': (message: ClientMessage<'terminal:resize'>) => void;
    'terminal:drain': (message: ClientMessage<'terminal:drain'>) => void;
    'terminal:close': (message: ClientMessage<'terminal:close'>) => void;
  };
  /** The connection is gone, and its shells with it. */
  close(): void;
}

export interface ViewerTerminalsOptions {
  readonly terminals: Terminals;
  readonly send: SendToViewer;
  readonly log: (message: string, error: unknown) => void;
}

/** The shells of one connection, under the names that its page gave them. Another connection can't reach them. */
export function createViewerTerminals({ terminals, send, log }: ViewerTerminalsOptions): ViewerTerminals {
  const open = new Map<string, Terminal>();
  const close = (name: string) => {
    const terminal = open.get(name);
    open.delete(name);
    terminal?.close().catch((error: unknown) => log('a terminal did not close', error));
  };
  const start = ({ terminal: name, cols, rows }: ClientMessage<'terminal:open'>) => {
    const shell = terminals.open(
      { cols, rows },
      {
        written: (text) => send('terminal:written', { terminal: name, text }),
        exited: (exit) => {
          // A shell that was closed or replaced has nothing to say any more.
          if (open.get(name) !== shell) return;
          open.delete(name);
          send('terminal:exited', { terminal: name, exit });
        },
      },
    );
    open.set(name, shell);
  };
  return {
    handlers: {
      'terminal:open': (message) => {
        close(message.terminal);
        try {
          start(message);
        } catch (error) {
          const text =
            error instanceof AppError ? error.message : 'The terminal could not start; the lab’s log says why.';
          if (!(error instanceof AppError)) log('a terminal did not start', error);
          send('terminal:written', { terminal: message.terminal, text: `${text}\r\n` });
          send('terminal:exited', { terminal: message.terminal, exit: null });
        }
      },
      'terminal:type': ({ terminal, text }) => open.get(terminal)?.type(text),
      'terminal:resize': ({ terminal, cols, rows }) => open.get(terminal)?.resize({ cols, rows }),
      'terminal:drain': ({ terminal, characters }) => open.get(terminal)?.drain(characters),
      'terminal:close': ({ terminal }) => close(terminal),
    },
    close() {
      for (const name of [...open.keys()]) close(name);
    },
  };
}
