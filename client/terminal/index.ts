/**
 * terminal: shells in the workspace, as tabs, drawn by xterm. It must not know how a pty is reached: what is typed and drawn goes
 * through the terminal store. Output is untrusted text: OSC 52 (clipboard) is swallowed, links ask first.
 *
 *     <TerminalPanel terminals={session.terminals} />
 */
export { TerminalPanel, type TerminalPanelProps } from './terminal-panel.tsx';
