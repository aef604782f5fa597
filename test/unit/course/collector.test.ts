import { expect, test } from 'vitest';
import type { ServiceMetrics } from '../../../protocol/index.ts';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import type { Evidence, Slice } from '../../../server/course/verdict/evidence.ts';
import { computeGates } from '../../../server/course/verdict/gates.ts';
import { computeSignal } from '../../../server/course/verdict/signals.ts';
import { evidence, exercise, slicesOf } from '../../support/evidence.ts';
import { serviceReading } from '../../support/service-reading.ts';

const MIB = 2 ** 20;

/** What the runtime says at a time: CPU seconds of collector and program so far, MiB mapped and given back. */
function reading(at: number, gc: number, user: number, [mapped, released] = [100, 10]): ServiceMetrics {
  const runtime = {
    '/cpu/classes/gc/total:cpu-seconds': gc,
    '/cpu/classes/user:cpu-seconds': user,
    '/memory/classes/total:bytes': mapped * MIB,
    '/memory/classes/heap/released:bytes': released * MIB,
    '/gc/heap/live:bytes': 60 * MIB,
    '/gc/gomemlimit:bytes': 70 * MIB,
    '/gc/gogc:percent': 100,
  };
  return { ...serviceReading(0), unixMillis: at, runtime };
}

/** Windows of half a second each, with so many collections in each; `forced` of them ordered by the service. */
function windows({ cycles = 20, forced = 0, count = 4, began = 1_000 } = {}): Slice[] {
  return slicesOf('candidate', {}, { rounds: count }).map((slice) => {
    const at = (rounds: number) => ({
      unixMillis: began + 500 * rounds,
      gcCycles: cycles * rounds,
      gcCyclesForced: forced * rounds,
    });
    const { round } = slice;
    return { ...slice, before: { ...slice.before, ...at(round) }, after: { ...slice.after, ...at(round + 1) } };
  });
}

const spiral = [reading(900, 0, 0), reading(1_100, 0.2, 1), reading(2_000, 0.3, 1.4), reading(2_950, 0.5, 1.7)];

function seen(readings: readonly ServiceMetrics[], slices = windows(), fields: Partial<Evidence> = {}): Evidence {
  const load = (['candidate', 'baseline', 'reference'] as const).flatMap((side) => slicesOf(side, {}));
  return evidence({ slices: load, collector: { slices, readings }, ...fields });
}

test("the collector's share is that of what was added since the first window", () => {
  expect(computeSignal(seen(spiral), 'gc-share')).toBeCloseTo(0.3, 5);
});

test('without a collection the runtime says nothing new, and the share is 0', () => {
  const still = [reading(1_000, 0.1, 0.4), reading(2_900, 0.1, 0.4)];
  expect(computeSignal(seen(still, windows({ cycles: 0 })), 'gc-share')).toBe(0);
  expect(computeSignal(seen(still, windows({ cycles: 0 })), 'gc-cycles')).toBe(0);
});

test('collections are counted per second of traffic, ordered ones by themselves, too', () => {
  expect(computeSignal(seen(spiral), 'gc-cycles')).toBeCloseTo(40, 5);
  expect(computeSignal(seen(spiral), 'forced-collections')).toBe(0);
  expect(computeSignal(seen(spiral, windows({ forced: 5 })), 'forced-collections')).toBeCloseTo(10, 5);
});

test('the most that was held at once counts, without what was given back', () => {
  const rising = [reading(1_100, 0, 0, [90, 5]), reading(1_500, 0, 0, [200, 20]), reading(2_900, 0, 0, [200, 120])];
  expect(computeSignal(seen(rising), 'memory-held')).toBe(180 * MIB);
});

test('the percentage is read as it is set', () => {
  expect(computeSignal(seen(spiral), 'gogc')).toBe(100);
});

test('without the run there is none of them, and ordered collections are those of the load', () => {
  for (const signal of ['gc-share', 'gc-cycles', 'memory-held', 'gogc'])
    expect(computeSignal(evidence({}), signal)).toBeNull();
  expect(computeSignal(evidence({ slices: windows({ forced: 1 }) }), 'forced-collections')).toBeCloseTo(2, 5);
  expect(computeSignal(evidence({}), 'forced-collections')).toBeNull();
});

test('what the judge collects between the windows of the live heap is not ordered by the service', () => {
  const between = windows().map((slice) => {
    const count = { gcCyclesForced: slice.round };
    return { ...slice, before: { ...slice.before, ...count }, after: { ...slice.after, ...count } };
  });
  const liveHeap = { warmUp: 1, slices: between };
  expect(computeSignal(evidence({ liveHeap }), 'forced-collections')).toBe(0);
});

const checked = exercise({
  symptom: [
    { title: 'CPU of the collector', signal: 'gc-share', atMost: 0.1 },
    { title: 'Memory', signal: 'memory-held', atMost: 120 * MIB, unit: 'bytes' },
  ],
  budget: [],
  collector: { rate: 400, windows: 4, windowMillis: 500 },
});
const about = { slug: 'x', seed: 1, millis: 5 };

test('the symptom is shown with cycles, live heap, what is held and the limit', () => {
  const [, , gate] = computeGates(seen(spiral), checked);
  expect(gate).toMatchObject({ pass: false, unit: 'share', limit: 0.1 });
  expect(gate?.explain).toContain(
    '40 collections a second took 30 % of the CPU; 60 MiB live, 90 MiB held, a limit of 70 MiB.',
  );
});

test('a quiet collector that holds too much memory is not fixed either', () => {
  const huge = [reading(1_000, 0.1, 1), reading(2_900, 0.11, 2, [400, 0])];
  const verdict = decideVerdict(seen(huge, windows({ cycles: 1 })), checked, about);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.summary).toContain('Memory: 400 MiB, at most 120 MiB wanted.');
});

test('little collecting within the memory that there is: fixed', () => {
  const calm = [reading(1_000, 0.1, 1), reading(2_900, 0.12, 2)];
  expect(decideVerdict(seen(calm, windows({ cycles: 1 })), checked, about).verdict).toBe('fixed');
});

test('requests that are lost meanwhile fail conservation', () => {
  const lost = windows({ cycles: 1 }).map((slice) => ({ ...slice, completed: 99 }));
  expect(decideVerdict(seen([reading(1_000, 0.1, 1)], lost), checked, about).verdict).toBe('wrong-behaviour');
});
