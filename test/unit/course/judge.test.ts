import { expect, test } from 'vitest';
import type { Clock } from '../../../server/clock.ts';
import type { BehaviourReport, Side } from '../../../server/course/verdict/evidence.ts';
import { judgeCandidate } from '../../../server/course/verdict/judge.ts';
import type { BenchRun, TwinBench } from '../../../server/course/verdict/ports.ts';
import { exercise, slicesOf } from '../../support/evidence.ts';
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
    measure: async (runs, { shape }) => {
      shapes.push(`measure ${shape}`);
      if (shape === 'small' || shape === 'large') return slicesOf('candidate', { bytes: bytes[shape] });
      const cost = { baseline: 1_000, candidate: bytes.candidate, reference: 100 };
      return runs.flatMap(({ side }) => slicesOf(side, { bytes: cost[side] }));
    },
    raceTest: async () => ({ outcome: 'clean' }),
  };
}

const growth = exercise({
  symptom: [{ title: 'Bytes for four times the rows', signal: 'scaling.bytes', atMost: 5, unit: 'times' }],
  budget: [{ quantity: 'bytes', atMost: 1.5 }],
  scaling: { quantity: 'bytes', atMost: 5 },
  difference: 'bytes',
});

const clock: Clock = { now: () => 0, after: () => () => {} };

function judge(bench: TwinBench, file = growth) {
  const { signal } = new AbortController();
  return judgeCandidate({ slug: 'x', exercise: file, bench, seed: 1, clock, signal, report: () => {} });
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
