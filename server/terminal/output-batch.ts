import type { Clock } from '../clock.ts';

const GAP_MILLIS = 10;
const FRAME_CHARACTERS = 16_000;

export interface OutputBatch {
  add(text: string): void;
  /** Sends what waits; call it before saying that the shell has ended. */
  flush(): void;
}

/**
 * A pty hands out a flood in thousands of small pieces a second: one piece goes at once (the echo of a key), the following ones
 * together every 10 ms, in frames of at most 16,000 characters.
 */
export function createOutputBatch(clock: Clock, send: (text: string) => void): OutputBatch {
  let waiting = '';
  let cancel: (() => void) | null = null;
  const flush = () => {
    const text = waiting;
    waiting = '';
    for (let at = 0; at < text.length; at += FRAME_CHARACTERS) send(text.slice(at, at + FRAME_CHARACTERS));
  };
  const open = () => {
    cancel = null;
    if (waiting === '') return;
    flush();
    cancel = clock.after(GAP_MILLIS, open);
  };
  return {
    add(text) {
      waiting += text;
      if (cancel === null) open();
    },
    flush() {
      cancel?.();
      cancel = null;
      flush();
    },
  };
}
