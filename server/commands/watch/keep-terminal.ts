import { writeSync } from 'node:fs';
import { LEAVE } from './screen.ts';

/**
 * While a screen is open: what is written to standard error waits until it is closed, and a process that ends before leaves
 * the screen first. Signals that would end it call `quit` instead. Returns what ends this.
 */
export function keepTerminal(quit: () => void): () => void {
  const { stderr, stdin } = process;
  const write = stderr.write;
  const waiting: string[] = [];
  if (stderr.isTTY) {
    stderr.write = (chunk: string | Uint8Array): boolean => {
      waiting.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return true;
    };
  }
  const leave = (): void => {
    if (stdin.isTTY) stdin.setRawMode(false);
    try {
      writeSync(1, LEAVE + waiting.splice(0).join(''));
    } catch {
      // The terminal is gone: there is nothing to leave.
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, quit);
  process.once('uncaughtExceptionMonitor', leave);
  process.once('exit', leave);
  return () => {
    for (const signal of signals) process.off(signal, quit);
    process.off('uncaughtExceptionMonitor', leave);
    process.off('exit', leave);
    stderr.write = write;
    for (const text of waiting.splice(0)) stderr.write(text);
  };
}
