import type { ClientMessage, ServerEvent, ServerMessage } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Terminal, TerminalSize, Terminals } from '../terminal/terminals.ts';
import { type Coalescer, createCoalescer } from './create-coalescer.ts';

/** Every new size makes the program in the terminal draw all of its screen again. */
const RESIZE_GAP_MILLIS = 100;

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
  readonly clock: Clock;
  readonly terminals: Terminals;
  readonly send: SendToViewer;
  readonly log: (message: string, error: unknown) => void;
}

/** The shells of one connection, under the names that its page gave them. Another connection can't reach them. */
export function createViewerTerminals(options: ViewerTerminalsOptions): ViewerTerminals {
  const { clock, terminals, send, log } = options;
  const open = new Map<string, { readonly shell: Terminal; readonly sizes: Coalescer<TerminalSize> }>();
  const close = (name: string) => {
    const seat = open.get(name);
    open.delete(name);
    seat?.sizes.close();
    seat?.shell.close().catch((error: unknown) => log('a terminal did not close', error));
  };
  const start = ({ terminal: name, cols, rows }: ClientMessage<'terminal:open'>) => {
    const shell = terminals.open(
      { cols, rows },
      {
        written: (text) => {
          if (open.get(name)?.shell === shell) send('terminal:written', { terminal: name, text });
        },
        exited: (exit) => {
          // A shell that was closed or replaced has nothing to say any more.
          if (open.get(name)?.shell !== shell) return;
          open.get(name)?.sizes.close();
          open.delete(name);
          send('terminal:exited', { terminal: name, exit });
        },
      },
    );
    const sizes = createCoalescer<TerminalSize>(clock, RESIZE_GAP_MILLIS, (size) => shell.resize(size));
    open.set(name, { shell, sizes });
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
      'terminal:type': ({ terminal, text }) => open.get(terminal)?.shell.type(text),
      'terminal:resize': ({ terminal, cols, rows }) => open.get(terminal)?.sizes.offer({ cols, rows }),
      'terminal:drain': ({ terminal, characters }) => open.get(terminal)?.shell.drain(characters),
      'terminal:close': ({ terminal }) => close(terminal),
    },
    close() {
      for (const name of [...open.keys()]) close(name);
    },
  };
}
