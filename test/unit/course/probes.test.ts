import { expect, test } from 'vitest';
import { exerciseFile, signalName } from '../../../protocol/index.ts';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import { computeGates } from '../../../server/course/verdict/gates.ts';
import { computeSignal } from '../../../server/course/verdict/signals.ts';
import { evidence, exercise, probesOf, slicesOf } from '../../support/evidence.ts';

const slices = (['baseline', 'candidate', 'reference'] as const).flatMap((side) => slicesOf(side, {}));
const about = { slug: 'x', seed: 1, millis: 5 };
const alone = exercise(
  {
    budget: [],
    probe: {},
    symptom: [
      { title: 'Alone', signal: 'probe-millis.gain', atMost: 0.6, unit: 'times' },
      { title: 'Calls', signal: 'calls-per-request', atLeast: 10, atMost: 10, unit: 'calls' },
      { title: 'At once', signal: 'calls-in-flight-per-request', atLeast: 2, atMost: 4, unit: 'calls' },
    ],
    difference: 'probe-millis',
  },
  {
    flood: {
      verdict: 'not-fixed',
      sentence: 'All calls of a request are in flight together.',
      when: [{ signal: 'calls-in-flight-per-request', atLeast: 5 }],
    },
  },
);
const before = probesOf('baseline', [100, 96, 98]);
const after = (millis: readonly number[], fields = {}) =>
  evidence({ slices, probes: [...before, ...probesOf('candidate', millis, { callsInFlight: 4, ...fields })] });

test.each([
  ['probe-millis', 32],
  ['probe-millis.gain', 32 / 98],
  ['calls-per-request', 10],
  ['calls-in-flight-per-request', 4],
])('%s is read from requests that were alone, and one that met noise does not move it', (name, value) => {
  expect(signalName.parse(name)).toBe(name);
  expect(computeSignal(after([31, 32, 300]), name)).toBe(value);
  expect(computeSignal(evidence({ slices }), name)).toBeNull();
});

test('of an even number of requests the median is between the two in the middle', () => {
  expect(computeSignal(after([30, 50, 10, 90]), 'probe-millis')).toBe(40);
});

test('calls are not observed without a downstream, the time is', () => {
  const seen = after([32], { calls: null, callsInFlight: null });
  expect(computeSignal(seen, 'calls-per-request')).toBeNull();
  expect(computeSignal(seen, 'calls-in-flight-per-request')).toBeNull();
  expect(computeSignal(seen, 'probe-millis')).toBe(32);
});

test('quicker alone, with the same calls and within the limit: fixed, and the times are said', () => {
  const verdict = decideVerdict(after([31, 32, 33]), alone, about);
  expect(verdict.verdict).toBe('fixed');
  expect(verdict.summary).toContain('98.0 → 32.0 ms/request, better by 67 %');
  expect(verdict.gates[2]?.explain).toBe('Alone: 0.327 times, at most 0.6 wanted. 98.0 ms before, 32.0 ms now.');
  expect(verdict.difference).toMatchObject({ unit: 'ms/request', baseline: 98, candidate: 32 });
});

test('fewer calls, or too many at once, are not fixed, whatever the time', () => {
  const kept = decideVerdict(after([3, 3, 3], { calls: 0, callsInFlight: 0 }), alone, about);
  expect(kept).toMatchObject({ verdict: 'not-fixed' });
  expect(kept.summary).toContain('Calls: 0 calls, exactly 10 wanted.');
  const flood = decideVerdict(after([12, 12, 12], { callsInFlight: 10 }), alone, about);
  expect(flood.verdict).toBe('not-fixed');
  expect(flood.summary).toContain('All calls of a request are in flight together. At once: 10.0 calls, 2 to 4 wanted.');
});

test('a wrong answer to a request that was alone fails conservation', () => {
  const wrong = decideVerdict(after([31, 32, 33], { ok: false }), alone, about);
  expect(wrong.verdict).toBe('wrong-behaviour');
  expect(wrong.gates[1]).toMatchObject({ id: 'G2', pass: false, observed: 3 });
  expect(wrong.summary).toContain('3 more that were sent alone.');
});

test('without the phase the gate stays open', () => {
  expect(computeGates(evidence({ slices }), alone)[2]).toMatchObject({ id: 'G3', pass: null });
});

test('an exercise asks for an even number of requests, since each is sent twice', () => {
  const ask = (requests: number) =>
    exerciseFile.safeParse({ ...alone, checks: { ...alone.checks, probe: { requests } } });
  expect(ask(8).success).toBe(true);
  expect(ask(7).success).toBe(false);
});
