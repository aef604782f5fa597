import { expect, test } from 'vitest';
import { exerciseFile, signalName } from '../../../protocol/index.ts';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import type { LongJob, Side } from '../../../server/course/verdict/evidence.ts';
import { computeGates } from '../../../server/course/verdict/gates.ts';
import { computeSignal } from '../../../server/course/verdict/signals.ts';
import { evidence, exercise, slicesOf } from '../../support/evidence.ts';

const slices = (['baseline', 'candidate', 'reference'] as const).flatMap((side) => slicesOf(side, {}));
const about = { slug: 'x', seed: 1, millis: 5 };
const checks = {
  budget: [],
  stall: { rate: 500 },
  symptom: [
    { title: 'Stalled', signal: 'stalled-requests.gain', atMost: 0.05, unit: 'times' },
    { title: 'At mutexes', signal: 'stall-mutex-wait.gain', atMost: 0.01, unit: 'times' },
  ],
  difference: 'slowest-millis',
};
const stalls = exercise(checks);

const job = (side: Side, millis: number, reads: number[], writes: number[] = [], faulty = 0): LongJob => ({
  side,
  millis,
  reads,
  writes,
  faulty,
});

/** Three jobs of 400 ms; a quarter is 100 ms. Six requests wait longer. */
const before = [1, 2, 3].map(() => job('baseline', 400, [1, 99, 101], [380]));
const seen = (candidate: readonly LongJob[], candidateWait = 0) =>
  evidence({
    slices,
    stall: { jobs: [...before, ...candidate], mutexWaitSeconds: { baseline: 20, candidate: candidateWait } },
  });
const calm = [1, 2, 3].map(() => job('candidate', 410, [1, 2, 3], [4]));

test.each([
  ['stalled-requests', 3],
  ['stalled-share', 3 / 12],
  ['stalled-writes', 2 / 3],
  ['slowest-millis', 4],
  ['job-millis.gain', 410 / 400],
  ['stall-mutex-wait.gain', 0.1],
])('%s is read from the requests beside long jobs', (name, value) => {
  const first = job('candidate', 410, [1, 300], [350, 390]);
  expect(signalName.parse(name)).toBe(name);
  expect(computeSignal(seen([first, ...calm.slice(1)], 2), name)).toBe(value);
  expect(computeSignal(evidence({ slices }), name)).toBeNull();
});

test('of each side the job with most stalled requests is left out of the comparison: the machine may have stood still in one', () => {
  const [one, two] = [job('candidate', 410, [1, 300], [350, 390]), job('candidate', 410, [300, 350])];
  expect(computeSignal(seen([one, ...calm.slice(1)]), 'stalled-requests.gain')).toBe(0);
  expect(computeSignal(seen([one, two, ...calm.slice(2)]), 'stalled-requests.gain')).toBe(2 / 4);
});

test('a job that something else on the machine made longer stretches what counts as a stall, up to twice', () => {
  const waits = [150, 210];
  const stalled = (millis: number) => computeSignal(seen([job('candidate', millis, waits)]), 'stalled-requests');
  expect(stalled(400)).toBe(2);
  expect(stalled(640)).toBe(1);
  expect(stalled(4_000)).toBe(1);
});

test('a job that is much quicker has to let go of others as quickly as before, and not quicker', () => {
  expect(computeSignal(seen([job('candidate', 40, [39, 38])]), 'stalled-requests')).toBe(0);
});

test('nobody waits any more: fixed, and both slowest requests are said', () => {
  const verdict = decideVerdict(seen(calm), stalls, about);
  expect(verdict.verdict).toBe('fixed');
  expect(verdict.summary).toContain('380 → 4.00 ms, the slowest, better by 99 %.');
  expect(verdict.gates[2]?.explain).toBe(
    'Stalled: 0 times, at most 0.05 wanted. 6 requests before, 0 now; the slowest 380 ms before, 4 ms now.',
  );
});

test('many short waits at mutexes are not fixed, whatever the slowest request', () => {
  const verdict = decideVerdict(seen(calm, 1), stalls, about);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.summary).toContain('At mutexes: 0.0500 times, at most 0.01 wanted.');
  expect(verdict.summary).toContain('All waits together: 20.0 s before, 1.00 s now.');
});

test('no difference is found between two equal services', () => {
  const same = before.map((each) => ({ ...each, side: 'candidate' as const }));
  const verdict = decideVerdict(seen(same, 20), stalls, about);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.summary).toContain('no difference at this noise');
});

test('a request beside a job, or the job itself, without a right answer fails conservation', () => {
  const verdict = decideVerdict(seen([...calm, job('candidate', 5, [1], [1], 2)]), stalls, about);
  expect(verdict.verdict).toBe('wrong-behaviour');
  expect(verdict.gates[1]).toMatchObject({ id: 'G2', pass: false, observed: 2 });
  expect(verdict.summary).toContain('2 more beside long jobs.');
});

test('a baseline that stalls nobody is nothing to compare with', () => {
  const jobs = [job('baseline', 400, [1]), job('candidate', 400, [1])];
  const quiet = evidence({ slices, stall: { jobs, mutexWaitSeconds: { baseline: 0, candidate: 0 } } });
  expect(computeSignal(quiet, 'stalled-requests.gain')).toBeNull();
  expect(computeSignal(quiet, 'stalled-writes')).toBeNull();
  expect(computeGates(quiet, stalls)[2]).toMatchObject({ id: 'G3', pass: null });
});

test('without the phase the gate stays open, and an exercise that asks for it says how many requests come', () => {
  expect(computeGates(evidence({ slices }), stalls)[2]).toMatchObject({ id: 'G3', pass: null });
  const ask = (stall: object) => exerciseFile.safeParse({ ...stalls, checks: { ...stalls.checks, stall } });
  expect(ask({ rate: 500 }).data?.checks.stall).toEqual({ rate: 500, jobs: 3 });
  expect(ask({}).success).toBe(false);
  expect(ask({ rate: 500, jobs: 0 }).success).toBe(false);
});
