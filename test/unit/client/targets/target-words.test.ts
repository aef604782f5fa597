import { expect, test } from 'vitest';
import { labelsFromText } from '../../../../client/targets/labels-from-text.ts';
import {
  agoWords,
  healthWords,
  kindWords,
  nextTry,
  overheadWords,
  planWords,
  samplingWords,
} from '../../../../client/targets/target-words.ts';
import type { KindHealth, Overhead, Target } from '../../../../protocol/index.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const kind: KindHealth = {
  kind: 'cpu',
  state: 'up',
  everyMillis: 10_000,
  windowMillis: 1_000,
  windows: 3,
  lastMillis: 97_000,
  error: null,
  retryMillis: null,
};
const measured: Overhead = {
  state: 'done',
  pairsDone: 8,
  pairsWanted: 8,
  periodMillis: 10_000,
  relative: { per: 'request', point: 0.0042, low: -0.001, high: 0.0094 },
  cores: { point: 0.0008, low: -0.0002, high: 0.0018 },
  requestsPerSecond: 200,
  error: null,
  atMillis: 0,
};

test('a target that sampling leaves out rests; one that fails says so all the same', () => {
  expect(healthWords({ health: 'up', chosen: false }).text).toBe('resting this period');
  expect(healthWords({ health: 'backing-off', chosen: false })).toEqual({ tone: 'bad', text: 'failing' });
});

test('a plan is said as window and interval', () => {
  expect(plain(planWords(kind))).toBe('1 s of every 10 s');
  expect(plain(planWords({ everyMillis: 0, windowMillis: 5_000 }))).toBe('5 s, back to back');
  expect(plain(planWords({ everyMillis: 30_000, windowMillis: 0 }))).toBe('every 30 s');
});

test('what came of a kind, and what did not', () => {
  expect(plain(kindWords(kind, 100_000))).toBe('3 s ago');
  expect(kindWords({ ...kind, state: 'absent' }, 100_000)).toBe('not in this Go');
  expect(plain(kindWords({ ...kind, state: 'failing' }, 100_000))).toBe('failing; last one 3 s ago');
  expect(kindWords({ ...kind, lastMillis: null }, 0)).toBe('none yet');
  expect(plain(agoWords(0, 120_000))).toBe('2 min');
});

test('the next try is the soonest of those that fail', () => {
  const failing = { ...kind, state: 'failing', retryMillis: 9 } as const;
  const kindHealth = [{ ...failing, retryMillis: 7 }, failing, { ...kind, state: 'absent', retryMillis: 3 } as const];
  expect(nextTry({ kindHealth } as unknown as Target)).toBe(7);
  expect(nextTry({ kindHealth: [kind] } as unknown as Target)).toBeNull();
});

test('a measured cost has its interval, and an interval around zero is said to be one', () => {
  const { point, range, notes } = overheadWords(measured);
  expect([point, range ?? ''].map(plain)).toEqual(['+0.42 %', '−0.1 % … +0.94 %']);
  expect(notes.map(plain)).toEqual([
    'CPU per request at 200 /s',
    '+800 µs of CPU a second',
    'no difference at this noise',
  ]);
  const sure = { ...measured, relative: { per: 'second', point: 0.02, low: 0.01, high: 0.03 } } as const;
  expect(overheadWords(sure).notes).not.toContain('no difference at this noise');
  expect(overheadWords({ ...measured, relative: null, pairsDone: 2 }).range).toBeNull();
});

test('the sampling says who is collected, and for how much of all time', () => {
  const targets = [{ chosen: true }, { chosen: false }] as unknown as Target[];
  expect(plain(samplingWords({ instances: 0.5, time: 0.1, periodSeconds: 60 }, targets))).toBe(
    'In this period of 1 min, 1 of 2 are collected, each under a CPU profile 10 % of the time: 5 % of all time.',
  );
});

test('labels are written as name=value', () => {
  expect(labelsFromText(' service=api, zone=a=b ')).toEqual({ service: 'api', zone: 'a=b' });
  expect(labelsFromText('')).toEqual({});
  expect(labelsFromText('service=api zone')).toContain('zone is not a label');
});
