/**
 * terminal: shells on ptys in the learner's workspace. It chooses the shell and what it may know of the environment, slows down
 * a program that writes faster than the page draws, and ends everything that a shell has started when the shell is closed. It
 * must not know who looks at a terminal, nor anything of sockets, exercises or builds. No sandbox: what a learner types, runs.
 *
 *     const terminals = createTerminals({ clock, folder: workspace, environment: process.env, path: [binFolder], mark });
 *     const shell = terminals.open({ cols: 80, rows: 24 }, { written: show, exited: () => {} });
 *     shell.type('go test ./search\r');
 *     await shell.close();
 */
export { createTerminals, type ShellOwnership, type TerminalsOptions } from './create-terminals.ts';
export { sweepTerminals } from './end-family.ts';
export type { Terminal, TerminalListener, TerminalSize, Terminals } from './terminals.ts';
