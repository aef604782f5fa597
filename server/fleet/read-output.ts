import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { createLineSplitter } from './line-splitter.ts';

export const MAX_LINE_BYTES = 16_384;
const BYTES_PER_TURN = 1_000_000;
const REST_MILLIS = 100;

/**
 * Reads a child's pipe line by line. A child that floods it is slowed to about 10 MB/s by leaving its bytes in the pipe, so
 * that it can't keep the event loop busy; nothing is lost by that.
 */
export function readOutput(
  stream: Readable,
  clock: Clock,
  onLine: (line: string) => void,
  maxBytes = MAX_LINE_BYTES,
): void {
  const splitter = createLineSplitter(maxBytes, onLine);
  let inTurn = 0;
  let resting = false;
  const rest = () => {
    resting = true;
    stream.pause();
    clock.after(REST_MILLIS, () => {
      resting = false;
      inTurn = 0;
      stream.resume();
    });
  };
  let turnStart = clock.now();
  stream.on('data', (chunk: Buffer) => {
    splitter.push(chunk);
    const now = clock.now();
    if (now - turnStart >= REST_MILLIS) {
      turnStart = now;
      inTurn = 0;
    }
    inTurn += chunk.length;
    if (inTurn > BYTES_PER_TURN && !resting) rest();
  });
  stream.on('end', () => splitter.end());
  stream.on('error', () => splitter.end());
}
