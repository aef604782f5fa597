import { randomBytes } from 'node:crypto';
import { type IPty, spawn } from '@lydell/node-pty';
import { type Clock, pause } from '../clock.ts';
import { AppError } from '../errors.ts';
import { watchFamily } from './end-family.ts';
import { findShell } from './find-shell.ts';
import { createFlowControl } from './flow-control.ts';
import { createOutputBatch } from './output-batch.ts';
import { shellEnvironment } from './shell-environment.ts';
import type { Terminal, TerminalListener, Terminals } from './terminals.ts';

const MAX_TERMINALS = 8;
const HANGUP_MILLIS = 500;

export interface TerminalsOptions {
  readonly clock: Clock;
  /** The workspace, where shells start. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folders before those of PATH: where `flamelab` and `go` lie. */
  readonly path: readonly string[];
  /** Letters and digits, the same at every start on one data folder; `sweepTerminals` finds leftovers by it. */
  readonly mark: string;
  readonly log: (message: string, error: unknown) => void;
  /** More variables for each new shell, e.g. the addresses of the fleet. */
  readonly variables?: () => Readonly<Record<string, string>>;
  /** Puts a shell under the lab's ledger, so that nothing of it outlives a server that was killed on the spot. */
  readonly own?: () => ShellOwnership;
}

export interface ShellOwnership {
  /** Marks what descends from the shell. */
  readonly env: Readonly<Record<string, string>>;
  /** Returns what is called when nothing of it runs any more. */
  started(pid: number): () => void;
}

/** Shells on ptys. `close` of a terminal ends everything that descends from it; so does the shell's own end. */
export function createTerminals(options: TerminalsOptions): Terminals {
  const open = new Set<Terminal>();
  return {
    open(size, listener) {
      if (open.size >= MAX_TERMINALS) {
        throw new AppError('busy', `${MAX_TERMINALS} terminals are open, which is all there are: close one first.`);
      }
      const mark = `${options.mark}-${randomBytes(6).toString('hex')}`;
      const owned = options.own?.();
      const environment = shellEnvironment({ from: options.environment, path: options.path, mark });
      const pty = spawn(findShell(options.environment, process.platform), [], {
        ...size,
        name: 'xterm-256color',
        cwd: options.folder,
        env: { ...environment, ...options.variables?.(), ...owned?.env },
      });
      const release = owned?.started(pty.pid);
      const terminal = createTerminal(pty, {
        clock: options.clock,
        log: options.log,
        mark,
        listener,
        ended: () => {
          open.delete(terminal);
          release?.();
        },
      });
      open.add(terminal);
      return terminal;
    },
    async close() {
      await Promise.all([...open].map((terminal) => terminal.close()));
    },
  };
}

interface TerminalParts extends Pick<TerminalsOptions, 'clock' | 'log'> {
  /** This terminal's own. */
  readonly mark: string;
  readonly listener: TerminalListener;
  /** Nothing of it runs any more. */
  readonly ended: () => void;
}

function createTerminal(pty: IPty, { clock, log, mark, listener, ended }: TerminalParts): Terminal {
  const family = watchFamily(pty.pid, mark, clock);
  const flow = createFlowControl(pty);
  const batch = createOutputBatch(clock, (text) => listener.written(text));
  let hasExited = false;
  let ending: Promise<void> | null = null;
  const end = () => {
    ending ??= family
      .end()
      .catch((error: unknown) => log('processes of a terminal could not be ended', error))
      .finally(ended);
    return ending;
  };
  pty.onData((text) => {
    flow.sent(text.length);
    batch.add(text);
  });
  const exit = new Promise<void>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      hasExited = true;
      batch.flush();
      listener.exited(signal ? null : exitCode);
      void end();
      resolve();
    });
  });
  return {
    type: (text) => attempt(() => !hasExited && pty.write(text)),
    resize: ({ cols, rows }) => attempt(() => !hasExited && pty.resize(cols, rows)),
    drain: (characters) => flow.drawn(characters),
    async close() {
      await family.look().catch(() => {});
      // A hangup first, so that the shell can write its history; it reaches neither background jobs nor other sessions.
      if (!hasExited) attempt(() => pty.kill());
      await Promise.race([exit, pause(clock, HANGUP_MILLIS)]);
      await end();
    },
  };
}

/** The shell may have ended a moment before anybody told us; then its pty refuses, and its exit is on the way. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // See above: nothing to be done for a shell that is gone.
  }
}
