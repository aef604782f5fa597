import { expect, test } from 'vitest';
import type { Clock } from '../../../server/clock.ts';
import type { BehaviourReport, Side, Slice } from '../../../server/course/verdict/evidence.ts';
import { judgeCandidate } from '../../../server/course/verdict/judge.ts';
import type { BenchRun, TwinBench } from '../../../server/course/verdict/ports.ts';
import { exercise, probesOf, slicesOf } from '../../support/evidence.ts';
import { NO_PROFILE } from '../../support/quiet-lab.ts';
import { serviceReading } from '../../support/service-reading.ts';

const right: BehaviourReport = {
  requests: 5_000,
  wrong: 0,
  errors: 0,
  examples: [],
  invariants: [],
  callsInFlight: 8,
};

/** A bench that has measured already: what each side costs, and what four times the size costs the candidate. */
function benchOf(bytes: { candidate: number; small: number; large: number }): TwinBench & { shapes: string[] } {
  const shapes: string[] = [];
  const runOf = (side: Side): BenchRun => ({
    side,
    crash: () => null,
    helpers: () => 0,
    metrics: async () => serviceReading(0),
    goroutines: async () => NO_PROFILE,
    collectGarbage: async () => {},
    startProfiling: () => void shapes.push(`profile ${side}`),
    stopProfiling: async () => void shapes.push(`done ${side}`),
    profiles: () => new Map(),
    stop: async () => {},
  });
  return {
    shapes,
    changedInstruments: [],
    start: async (side) => runOf(side),
    behave: async (_run, { shape }) => {
      shapes.push(`behave ${shape}`);
      return right;
    },
    measure: async (runs, { shape, heap }) => {
      if (heap) {
        shapes.push(`heap of ${runs.map(({ side }) => side).join(' ')}`);
        return runs.flatMap(({ side }) => heapOf(side));
      }
      shapes.push(`measure ${shape}`);
      if (shape === 'small' || shape === 'large') return slicesOf('candidate', { bytes: bytes[shape] });
      const cost = { baseline: 1_000, candidate: bytes.candidate, reference: 100 };
      return runs.flatMap(({ side }) => slicesOf(side, { bytes: cost[side] }));
    },
    probe: async (runs, { shape, requests }) => {
      shapes.push(`probe ${runs.map(({ side }) => side).join(' ')} ${shape} ${requests}`);
      return runs.flatMap(({ side }) =>
        probesOf(side, { baseline: [100, 98], candidate: [50, 60], reference: [] }[side]),
      );
    },
    stall: async (runs, { rate, jobs }) => {
      shapes.push(`stall ${runs.map(({ side }) => side).join(' ')} ${rate} ${jobs}`);
      const waits = { baseline: [1, 300, 380], candidate: [1, 2, 4], reference: [] };
      return runs.map(({ side }) => ({ side, millis: 400, reads: waits[side], writes: [], faulty: 0 }));
    },
    raceTest: async () => ({ outcome: 'clean' }),
  };
}

/** The live heap in MiB: only the start's goes on growing. */
function heapOf(side: Side): Slice[] {
  return slicesOf(side, {}, { rounds: 8 }).map((slice) => {
    const mib = side === 'baseline' ? slice.round : Math.min(3, slice.round);
    return { ...slice, heap: { liveBytes: mib * 2 ** 20, soon: 10, soonKnown: 9, late: 0, lateKnown: 0 } };
  });
}

const growth = exercise({
  symptom: [{ title: 'Bytes for four times the rows', signal: 'scaling.bytes', atMost: 5, unit: 'times' }],
  budget: [{ quantity: 'bytes', atMost: 1.5 }],
  scaling: { quantity: 'bytes', atMost: 5 },
  difference: 'bytes',
});

const clock: Clock = { now: () => 0, after: () => () => {} };

function judge(bench: TwinBench, judged = growth) {
  const { signal } = new AbortController();
  return judgeCandidate({ slug: 'x', exercise: judged, bench, seed: 1, clock, signal, report: () => {} });
}

const SIDES = ['baseline', 'candidate', 'reference'];
/** Costs are counted when nothing is profiled any more. */
const COSTS = [
  ...SIDES.map((side) => `profile ${side}`),
  'measure default',
  ...SIDES.map((side) => `done ${side}`),
  'measure default',
];

test('a broken budget does not hide a symptom that the scaling run carries', async () => {
  const bench = benchOf({ candidate: 1_000, small: 100, large: 1_600 });
  const verdict = await judge(bench);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.gates[2]).toMatchObject({ id: 'G3', pass: false, observed: 16 });
  expect(bench.shapes).toEqual(['behave default', ...COSTS, 'measure small', 'measure large']);
});

test('a candidate that holds all budgets goes through every phase', async () => {
  const bench = benchOf({ candidate: 100, small: 100, large: 400 });
  expect((await judge(bench)).verdict).toBe('fixed');
  expect(bench.shapes.slice(-2)).toEqual(['behave heldout', 'measure heldout']);
});

const slope = exercise({
  symptom: [{ title: 'Growth', signal: 'heap-slope', atMost: 0.1, unit: 'times' }],
  budget: [{ quantity: 'bytes', atMost: 1.5 }],
  liveHeap: { rate: 500, warmUp: 4, windows: 4, windowMillis: 100 },
  difference: 'heap-slope',
});

test('the live heap is read on all sides at the same time, each by a measurement of its own', async () => {
  const bench = benchOf({ candidate: 100, small: 0, large: 0 });
  expect((await judge(bench, slope)).verdict).toBe('fixed');
  const heaps = SIDES.map((side) => `heap of ${side}`);
  expect(bench.shapes).toEqual(['behave default', ...COSTS, ...heaps, 'behave heldout', 'measure heldout']);
});

test('a broken budget does not hide a slope', async () => {
  const bench = benchOf({ candidate: 1_000, small: 0, large: 0 });
  const verdict = await judge(bench, slope);
  expect(verdict.gates[2]).toMatchObject({ id: 'G3', pass: true, observed: 0 });
  expect(verdict.verdict).toBe('not-fixed');
});

test('requests are sent alone, to baseline and candidate before the load, only when an exercise asks for it', async () => {
  const symptom = { title: 'Alone', signal: 'probe-millis.gain', atMost: 0.6, unit: 'times' };
  const alone = exercise({ budget: [], probe: { requests: 8 }, symptom: [symptom], difference: 'probe-millis' });
  const bench = benchOf({ candidate: 100, small: 100, large: 400 });
  const verdict = await judge(bench, alone);
  expect(bench.shapes).toEqual(['behave default', 'probe baseline candidate small 8', ...COSTS, 'behave heldout']);
  expect(verdict.verdict).toBe('fixed');
  expect(verdict.difference).toMatchObject({ unit: 'ms/request', baseline: 99, candidate: 55 });
});

test('long jobs run beside small requests, before the load, only when an exercise asks for it', async () => {
  const symptom = { title: 'Stalled', signal: 'stalled-requests.gain', atMost: 0.05, unit: 'times' };
  const stalls = exercise({ budget: [], stall: { rate: 300 }, symptom: [symptom], difference: 'slowest-millis' });
  const bench = benchOf({ candidate: 100, small: 100, large: 400 });
  const verdict = await judge(bench, stalls);
  expect(bench.shapes).toEqual(['behave default', 'stall baseline candidate 300 3', ...COSTS, 'behave heldout']);
  expect(verdict.verdict).toBe('fixed');
  expect(verdict.difference).toMatchObject({ unit: 'ms, the slowest', baseline: 380, candidate: 4 });
});

test('a broken budget does not hide what is left when requests have ended', async () => {
  const bench = benchOf({ candidate: 1_000, small: 100, large: 400 });
  const leaks = exercise({
    symptom: [{ title: 'Goroutines left', signal: 'goroutines-left', atMost: 0, unit: 'goroutines' }],
    budget: [{ quantity: 'bytes', atMost: 1.5 }],
    leftovers: { shape: 'failing' },
    difference: 'goroutines-left',
  });
  const verdict = await judge(bench, leaks);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.gates[2]).toMatchObject({ id: 'G3', pass: true, observed: 0 });
  const failing = Array.from({ length: 4 }, () => 'behave failing');
  expect(bench.shapes).toEqual(['behave default', ...COSTS, ...failing]);
});
