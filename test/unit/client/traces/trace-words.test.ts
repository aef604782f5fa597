import { expect, test } from 'vitest';
import { causeWords, recorderWords } from '../../../../client/traces/trace-words.ts';
import type { Recorder } from '../../../../protocol/index.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('a trace says why it is there', () => {
  const slow = { why: 'slow', endpoint: 'GET /report', millis: 412 } as const;
  expect(plain(causeWords({ cause: slow, cut: false }))).toBe('slow request GET /report, 412 ms');
  expect(plain(causeWords({ cause: { why: 'asked', seconds: 2 }, cut: false }))).toBe('asked for, 2 s');
  expect(plain(causeWords({ cause: { why: 'asked', seconds: 2 }, cut: true }))).toContain('cut short of 2 s');
  expect(causeWords({ cause: { why: 'flight' }, cut: false })).toBe('flight recorder, asked for');
});

test('a recorder says whether it is there, on, and for how long', () => {
  const off: Recorder = {
    service: 'search',
    instance: 'search-1',
    available: true,
    on: false,
    untilMillis: 0,
    slowMillis: 0,
  };
  const on = { ...off, on: true, untilMillis: 541_000, slowMillis: 100 };
  expect(recorderWords(null, 0)).toContain('Only services of the fleet');
  expect(recorderWords({ ...off, available: false }, 0)).toContain('Go 1.25');
  expect(recorderWords(off, 0)).toBe('Off: nothing is kept of the past.');
  expect(plain(recorderWords(on, 1_000))).toMatch(/^On for 9 min more\. A request that takes 100 ms or longer/);
  expect(plain(recorderWords({ ...on, slowMillis: 0 }, 540_999))).toBe('On for 1 min more.');
});
