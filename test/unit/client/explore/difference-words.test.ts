import { expect, test } from 'vitest';
import { nodeWords, shortWords, tooFewWords, wholeWords } from '../../../../client/explore/difference-words.ts';
import type { DiffGraph } from '../../../../protocol/index.ts';

const window = { from: 0, to: 1, profiles: 12, requests: 10, durationNanos: 1 };
const GRAPH: DiffGraph = {
  unit: 'nanoseconds',
  per: 'request',
  a: { total: 10e6, window },
  b: { total: 14.1e6, window },
  frames: [],
  nodes: { parent: [-1], frame: [-1], aTotal: [10e6], aSelf: [0], bTotal: [14.1e6], bSelf: [0] },
  trimmed: { nodes: 0, a: 0, b: 0 },
  whole: {
    difference: 4.1e6,
    interval: { low: 3.2e6, high: 5e6, ratio: { low: 1.31, high: 1.52 } },
    changed: true,
  },
  largest: [],
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const words = (diff: DiffGraph) => Object.values(wholeWords(diff)).map(plain);

test('a sure difference says how much, between what, and of how much', () => {
  expect(words(GRAPH)).toEqual([
    'more',
    '4.1 ms/request more',
    '3.2 ms to 5 ms; sure (95 %)',
    '+41 % of A’s total, +31 % to +52 %',
  ]);
});

test('less is said without a sign, the smaller end of its interval first', () => {
  const whole = { difference: -4.1e6, interval: { low: -5e6, high: -3.2e6, ratio: null }, changed: true };
  expect(words({ ...GRAPH, per: 'total', whole })).toEqual([
    'less',
    '4.1 ms less',
    '3.2 ms to 5 ms; sure (95 %)',
    '−41 % of A’s total',
  ]);
});

test('what noise alone could make is no difference', () => {
  const whole = { difference: 1e5, interval: { low: -3e5, high: 5e5, ratio: null }, changed: false };
  expect(words({ ...GRAPH, per: 'second', whole })).toEqual([
    'same',
    'No difference at this noise',
    'measured: 300 µs/s less to 500 µs/s more',
    '',
  ]);
});

test('with too few windows the difference stands with how many there are', () => {
  const a = { total: 0, window: { ...window, profiles: 3 } };
  const whole = { difference: 4e6, interval: 'too-few-windows' as const, changed: null };
  expect(words({ ...GRAPH, a, whole })).toEqual([
    'unsure',
    '4 ms/request more',
    'too few windows to be sure: 3 of 8 a side; longer ones have more',
    '',
  ]);
});

test('a single profile gets no advice to choose longer windows: a file has no more', () => {
  const one = { total: 1, window: { ...window, profiles: 1 } };
  expect(tooFewWords({ a: one, b: one })).toBe('two single profiles: no interval can be given');
  expect(tooFewWords({ a: GRAPH.a, b: one })).toBe('B is a single profile: no interval can be given');
  const alone = { difference: -2e6, interval: null, changed: null };
  expect(plain(nodeWords(alone, 'nanoseconds', 'profile'))).toBe('2 ms/profile less; no interval');
});

test('a frame that changed says by how much, another that it may be noise', () => {
  const sure = { difference: -2e6, interval: { low: -3e6, high: -1e6, ratio: null }, changed: true };
  const noise = { difference: 1e6, interval: { low: -1e6, high: 3e6, ratio: null }, changed: false };
  expect(plain(nodeWords(sure, 'nanoseconds', 'request'))).toBe('1 ms to 3 ms/request less; sure');
  expect(plain(nodeWords(noise, 'nanoseconds', 'total'))).toBe('−1 ms to +3 ms; within the noise');
  expect(plain(shortWords(noise, 'nanoseconds'))).toBe('−1 ms to +3 ms, noise');
  const chance = { ...noise, interval: { low: 1e6, high: 3e6, ratio: null } };
  expect(plain(shortWords(chance, 'nanoseconds'))).toBe('+1 ms to +3 ms, not sure');
});
