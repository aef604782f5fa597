import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../../server/fleet/line-splitter.ts';
import { createLogRing } from '../../../server/fleet/log-ring.ts';
import { createRunLog } from '../../../server/fleet/run-log.ts';
import { createHandClock } from '../../support/hand-clock.ts';

function split(maxBytes: number, ...chunks: (string | Uint8Array)[]): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter(maxBytes, (line) => lines.push(line));
  for (const chunk of chunks) splitter.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  splitter.end();
  return lines;
}

describe('splitting output into lines', () => {
  it('gives the same lines however the bytes arrive', () => {
    const bytes = new TextEncoder().encode('eins\r\nzwei ä€😀\n\nlast');
    const expected = ['eins', 'zwei ä€😀', '', 'last'];
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(split(100, bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(expected);
  });

  it('cuts a long line, says by how much, and goes on with the next', () => {
    expect(split(4, 'abcdef', 'gh\nxy\n')).toEqual(['abcd … 4 bytes more', 'xy']);
    expect(split(4, 'abcd\n')).toEqual(['abcd']);
  });

  it('does not let a character that was cut in two spoil the next line', () => {
    expect(split(2, 'aä\nb\n')).toEqual(['a\ufffd … 1 bytes more', 'b']);
  });
});

describe('log ring', () => {
  it('keeps the newest lines within its bytes and counts the others', () => {
    const ring = createLogRing(12);
    for (const line of ['one', 'two', 'three', 'four']) ring.add(line);
    expect(ring.text()).toBe('three\nfour\n');
    expect(ring.dropped).toBe(2);
    expect(ring.tail(1)).toBe('four\n');
  });

  it('counts exactly over many lines', () => {
    const ring = createLogRing(1_000);
    for (let n = 0; n < 50_000; n++) ring.add(`line ${n}`);
    expect(ring.text().startsWith(`line ${ring.dropped}\n`)).toBe(true);
    expect(ring.text().length).toBeLessThanOrEqual(1_000);
  });
});

describe('the log of a run', () => {
  it('sends what came within a tenth of a second as one chunk, the oldest lines of a flood left out', () => {
    const clock = createHandClock();
    const chunks: { text: string; dropped: number }[] = [];
    const log = createRunLog('r1', { maxBytes: 100_000, clock, onLog: (chunk) => chunks.push(chunk) });
    log.add('a');
    log.add('b');
    expect(chunks).toEqual([]);
    clock.advance(100);
    expect(chunks).toEqual([{ run: 'r1', text: 'a\nb\n', dropped: 0 }]);
    for (let n = 0; n < 5_000; n++) log.add(`line ${n}`);
    clock.advance(100);
    expect(chunks[1]?.text.length).toBeLessThanOrEqual(16_384);
    expect(chunks[1]?.text.startsWith(`line ${chunks[1].dropped}\n`)).toBe(true);
    expect(log.read().dropped).toBe(0);
  });
});
