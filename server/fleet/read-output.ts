import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { createLineSplitter } from './line-splitter.ts';

export const MAX_LINE_BYTES = 16_384;
const TURN_MILLIS = 100;
const BYTES_PER_TURN = 4_000_000;
const LINES_PER_TURN = 10_000;

export interface OutputReader {
  readonly clock: Clock;
  readonly onLine: (line: string) => void;
  readonly maxLineBytes?: number;
}

/**
 * Reads a child's pipe line by line. A child that floods it is slowed down by leaving its bytes in the pipe for the rest of a
 * tenth of a second (about 40 MB or 100,000 lines a second), so that it can't keep the event loop busy; nothing is lost.
 */
export function readOutput(stream: Readable, { clock, onLine, maxLineBytes = MAX_LINE_BYTES }: OutputReader): void {
  let turnStart = clock.now();
  let bytes = 0;
  let lines = 0;
  const splitter = createLineSplitter(maxLineBytes, (line) => {
    lines++;
    onLine(line);
  });
  const beginTurn = () => {
    turnStart = clock.now();
    bytes = 0;
    lines = 0;
  };
  stream.on('data', (chunk: Buffer) => {
    if (clock.now() - turnStart >= TURN_MILLIS) beginTurn();
    bytes += chunk.length;
    splitter.push(chunk);
    if (bytes < BYTES_PER_TURN && lines < LINES_PER_TURN) return;
    stream.pause();
    clock.after(turnStart + TURN_MILLIS - clock.now(), () => {
      beginTurn();
      stream.resume();
    });
  });
  stream.on('end', () => splitter.end());
  stream.on('error', () => splitter.end());
}
