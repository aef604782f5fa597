import { expect, test } from 'vitest';
import type { Clock } from '../../../server/clock.ts';
import type { BehaviourReport, Side, Slice } from '../../../server/course/verdict/evidence.ts';
import { judgeCandidate } from '../../../server/course/verdict/judge.ts';
import type { BenchRun, TwinBench } from '../../../server/course/verdict/ports.ts';
import { burstOf } from '../../support/burst.ts';
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
    burst: async (runs, { rate, burstMillis }) => {
      shapes.push(`burst of ${rate} on ${runs.map(({ side }) => side).join(' ')} for ${burstMillis}`);
      return runs.map(({ side }) => burstOf(side, { mostGoroutines: side === 'baseline' ? 40_000 : 200 }));
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

test('small requests come before and after a burst of huge ones, to baseline and candidate at the same time', async () => {
  const bench = benchOf({ candidate: 1_000, small: 0, large: 0 });
  const poisoned = exercise({
    symptom: [{ title: 'Held', signal: 'held-after-burst', atMost: 1_000_000, unit: 'bytes' }],
    budget: [{ quantity: 'bytes', atMost: 1.5 }],
    afterBurst: {},
    difference: 'held-after-burst',
  });
  const verdict = await judge(bench, poisoned);
  expect(bench.shapes.slice(0, 1 + COSTS.length)).toEqual(['behave default', ...COSTS]);
  const bursts = bench.shapes.slice(1 + COSTS.length);
  const ofBoth = ['heap of baseline', 'heap of candidate'];
  expect(bursts).toEqual([...ofBoth, 'behave huge', 'behave huge', ...ofBoth]);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.gates[2]).toMatchObject({ id: 'G3', pass: false, observed: 3 * 2 ** 20 });
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

const crowded = exercise({
  symptom: [{ title: 'Goroutines', signal: 'most-goroutines', atMost: 500, unit: 'goroutines' }],
  budget: [{ quantity: 'bytes', atMost: 1.5 }],
  burst: { rate: 40 },
  difference: 'most-goroutines',
});

test('a burst meets baseline and candidate at the same time, after the costs are known, and a broken budget does not hide it', async () => {
  const bench = benchOf({ candidate: 100, small: 0, large: 0 });
  expect(await judge(bench, crowded)).toMatchObject({
    verdict: 'fixed',
    difference: { baseline: 40_000, candidate: 200 },
  });
  const burst = 'burst of 40 on baseline candidate for 2400';
  expect(bench.shapes).toEqual(['behave default', ...COSTS, burst, 'behave heldout', 'measure heldout']);
  const costly = benchOf({ candidate: 1_000, small: 0, large: 0 });
  const verdict = await judge(costly, crowded);
  expect(verdict.gates[2]).toMatchObject({ id: 'G3', pass: true, observed: 200 });
  expect(verdict.verdict).toBe('not-fixed');
});

test('the collector is watched on the candidate alone, and a broken budget does not hide it', async () => {
  const spiral = exercise({
    symptom: [{ title: 'Collections', signal: 'gc-cycles', atMost: 10, unit: '/s' }],
    budget: [{ quantity: 'bytes', atMost: 1.5 }],
    collector: { rate: 100, windows: 4, windowMillis: 100 },
  });
  const costly = benchOf({ candidate: 1_000, small: 0, large: 0 });
  const verdict = await judge(costly, spiral);
  expect(costly.shapes).toEqual(['behave default', ...COSTS, 'measure default']);
  expect(verdict.verdict).toBe('not-fixed');
});
