import type { Clock } from '../clock.ts';
import { createLogRing } from './log-ring.ts';

export interface LogChunk {
  readonly run: string;
  readonly text: string;
  /** Lines that are missing before `text`. */
  readonly dropped: number;
}

export interface RunLog {
  add(line: string): void;
  read(): { text: string; dropped: number };
  tail(lines: number): string;
  /** Sends what is waiting now. */
  flush(): void;
}

const FLUSH_MILLIS = 100;
const CHUNK_BYTES = 16_384;

/** The log of one run: a ring to read at any time, and chunks of at most 16 KB, ten a second, for who watches. */
export function createRunLog(
  run: string,
  parts: { maxBytes: number; clock: Clock; onLog: (chunk: LogChunk) => void },
): RunLog {
  const ring = createLogRing(parts.maxBytes);
  let waiting = createLogRing(CHUNK_BYTES);
  let cancel: (() => void) | null = null;

  const flush = () => {
    cancel?.();
    cancel = null;
    const text = waiting.text();
    if (text !== '') parts.onLog({ run, text, dropped: waiting.dropped });
    waiting = createLogRing(CHUNK_BYTES);
  };
  return {
    add(line) {
      ring.add(line);
      waiting.add(line);
      cancel ??= parts.clock.after(FLUSH_MILLIS, flush);
    },
    read() {
      flush(); // else who reads now gets the waiting lines twice
      return { text: ring.text(), dropped: ring.dropped };
    },
    tail: (lines) => ring.tail(lines),
    flush,
  };
}
