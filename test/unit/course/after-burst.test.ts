import { expect, test } from 'vitest';
import type { ServiceMetrics } from '../../../protocol/index.ts';
import { heldAfterBurst } from '../../../server/course/verdict/after-burst.ts';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import type { AfterBurst, Evidence, Side } from '../../../server/course/verdict/evidence.ts';
import { computeGates } from '../../../server/course/verdict/gates.ts';
import { computeSignal } from '../../../server/course/verdict/signals.ts';
import { evidence, exercise, slicesOf } from '../../support/evidence.ts';
import { serviceReading } from '../../support/service-reading.ts';

const MIB = 2 ** 20;
const right = { requests: 24, wrong: 0, errors: 0, examples: [], invariants: [], callsInFlight: null };

/** What the runtime says of itself. */
const said = (gogc: number, liveMib: number, limitMib = 2 ** 43): ServiceMetrics => ({
  ...serviceReading(0),
  runtime: {
    '/gc/gogc:percent': gogc,
    '/gc/heap/live:bytes': liveMib * MIB,
    '/gc/gomemlimit:bytes': limitMib * MIB,
    '/memory/classes/total:bytes': 60 * MIB,
    '/memory/classes/heap/released:bytes': 10 * MIB,
  },
});

/** The candidate after a burst in which so many collections were ordered, the judge's two with them. */
function forced(count: number): AfterBurst {
  const { before, after, ...rest } = burst('candidate', CLEAN);
  const later = after.map((slice) => ({
    ...slice,
    before: { ...slice.before, gcCyclesForced: count },
    after: { ...slice.after, gcCyclesForced: count },
  }));
  return { ...rest, before, after: later };
}

/** One side's readings in MiB, before and after the burst: `2 2 | 11 8 8 5`. */
function burst(side: Side, text: string, fields: Partial<AfterBurst> = {}, bytes = 1_000): AfterBurst {
  const [before = [], after = []] = text.split(' | ').map((part) =>
    slicesOf(side, { bytes }, { rounds: part.split(' ').length }).map((slice, at) => ({
      ...slice,
      heap: { liveBytes: Number(part.split(' ')[at]) * MIB, soon: 0, soonKnown: 0, late: 0, lateKnown: 0 },
    })),
  );
  return { before, behaviour: right, after, readings: [said(100, 30)], atRest: said(100, 2), ...fields };
}

const POISONED = '2 2 | 11 8 8 5';
const CLEAN = '2 2 | 2 2 2 2';

function seen(candidate: AfterBurst, baseline = burst('baseline', POISONED)): Evidence {
  const slices = [...slicesOf('candidate', {}), ...slicesOf('baseline', {}), ...slicesOf('reference', {})];
  return evidence({ slices, afterBurst: { baseline, candidate } });
}

const held = (text: string): number | null => computeSignal(seen(burst('candidate', text)), 'held-after-burst');

test.each([
  ['what stays', POISONED, 9],
  ['what is given back', CLEAN, 0],
  ['what falls below the base', '2 2 | 1 1 1 1', 0],
  ['what is lost window by window', '2 2 | 9 2 2 2', 7],
  ['a base that was high before', '9 9 | 9 9 9 9', 7],
])('%s is held, or not', (_, text, mib) => {
  expect(held(text)).toBeCloseTo(mib * MIB, 5);
});

test('what is held is compared with the start, which has to hold something', () => {
  expect(computeSignal(seen(burst('candidate', '2 2 | 5 5 5 5')), 'held-after-burst.gain')).toBeCloseTo(1 / 3, 5);
  const none = seen(burst('candidate', CLEAN), burst('baseline', CLEAN));
  expect(computeSignal(none, 'held-after-burst.gain')).toBeNull();
});

test('bytes of the small requests after the burst are compared, too', () => {
  const costly = burst('candidate', CLEAN, {}, 5_000);
  expect(computeSignal(seen(costly), 'after-burst.bytes.gain')).toBeCloseTo(5, 5);
});

test('what stays when every pool is empty is held for good', () => {
  const atRest = (mib: number) =>
    computeSignal(seen(burst('candidate', CLEAN, { atRest: said(100, mib) })), 'held-at-rest');
  expect(atRest(40)).toBe(38 * MIB);
  expect(atRest(1)).toBe(0);
});

test.each([
  ['as the start', said(100, 9), 0],
  ['GOGC for a moment', said(5, 9), 1],
  ['GOGC turned up', said(400, 9), 0],
  ['a limit within reach', said(100, 9, 60), 1],
  ['a limit out of reach', said(100, 9, 500), 0],
])('a collector that was told to come more often is seen: %s', (_, reading, tuned) => {
  const readings = [said(100, 9), reading, said(100, 9)];
  expect(computeSignal(seen(burst('candidate', CLEAN, { readings })), 'after-burst.tuned')).toBe(tuned);
});

test('without the run there is nothing of it', () => {
  for (const signal of [
    'held-after-burst',
    'held-after-burst.gain',
    'held-at-rest',
    'after-burst.tuned',
    'after-burst.bytes.gain',
    'after-burst.collections',
  ])
    expect(computeSignal(evidence({}), signal)).toBeNull();
  expect(heldAfterBurst(evidence({}), 'candidate')).toBeNull();
});

test('collections between the readings of the windows are counted by what was allocated, whoever ordered them', () => {
  const { after, ...rest } = burst('candidate', CLEAN, {}, MIB / 100);
  const busy = after.map((slice) => ({ ...slice, after: { ...slice.after, gcCycles: slice.before.gcCycles + 5 } }));
  expect(computeSignal(seen({ ...rest, after: busy }), 'after-burst.collections')).toBe(5);
  expect(computeSignal(seen({ ...rest, after }), 'after-burst.collections')).toBe(0);
});

test('collections are counted that the service ordered under way, in the load and in the burst', () => {
  const slices = slicesOf('candidate', {}, { rounds: 3 }).map((slice) => ({
    ...slice,
    after: { ...slice.after, gcCyclesForced: slice.before.gcCyclesForced + 2 },
  }));
  const others = slicesOf('baseline', {}).map((slice) => ({
    ...slice,
    after: { ...slice.after, gcCyclesForced: 50 },
  }));
  expect(computeSignal(evidence({ slices: [...slices, ...others] }), 'after-burst.forced')).toBe(6);
  const observed = { ...seen(forced(2)), slices: [...slices, ...others] };
  expect(computeSignal(observed, 'after-burst.forced')).toBe(6);
  expect(computeSignal({ ...observed, afterBurst: seen(forced(6)).afterBurst }, 'after-burst.forced')).toBe(10);
});

const checked = exercise({
  symptom: [
    { title: 'Held', signal: 'held-after-burst', atMost: 1_000_000, unit: 'bytes' },
    { title: 'Ordered', signal: 'after-burst.forced', atMost: 0, unit: 'collections' },
  ],
  budget: [],
  afterBurst: {},
  difference: 'held-after-burst',
});
const about = { slug: 'x', seed: 1, millis: 5 };

test('the symptom is shown with the heap of every window', () => {
  const [, , gate] = computeGates(seen(burst('candidate', POISONED)), checked);
  expect(gate).toMatchObject({ id: 'G3', pass: false, observed: 9 * MIB, limit: 1_000_000, unit: 'bytes' });
  expect(gate?.explain).toContain('before the burst 2.0, 2.0, after it 11.0, 8.0, 8.0, 5.0.');
});

test('nothing held: fixed, and the headline is what was held', () => {
  const verdict = decideVerdict(seen(burst('candidate', CLEAN)), checked, about);
  expect(verdict).toMatchObject({ verdict: 'fixed', difference: { unit: 'bytes', baseline: 9 * MIB, candidate: 0 } });
  expect(verdict.summary).toContain('better by 100 %');
});

test('nothing held because of collections that the service ordered is not fixed', () => {
  const verdict = decideVerdict(seen(forced(26)), checked, about);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.summary).toContain('Ordered: 24.0 collections');
});

test('who holds about as much as the start has no difference', () => {
  const verdict = decideVerdict(seen(burst('candidate', '2 2 | 9 7 7 7')), checked, about);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.summary).toContain('no difference at this noise');
});

test('huge requests that are answered wrongly, and small ones that are lost, are wrong behaviour', () => {
  const wrong = { ...right, wrong: 24 };
  const turnedAway = seen(burst('candidate', CLEAN, { behaviour: wrong }));
  expect(decideVerdict(turnedAway, checked, about)).toMatchObject({ verdict: 'wrong-behaviour' });
  const after = burst('candidate', CLEAN).after.map((slice) => ({ ...slice, completed: 99 }));
  const lost = seen(burst('candidate', CLEAN, { after }));
  expect(decideVerdict(lost, checked, about)).toMatchObject({ verdict: 'wrong-behaviour' });
});
