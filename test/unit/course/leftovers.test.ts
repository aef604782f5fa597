import { expect, test } from 'vitest';
import type { Clock } from '../../../server/clock.ts';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import { NO_EVIDENCE, type Side } from '../../../server/course/verdict/evidence.ts';
import { observeLeftovers } from '../../../server/course/verdict/observe-leftovers.ts';
import type { BenchRun, TwinBench } from '../../../server/course/verdict/ports.ts';
import { computeSignal } from '../../../server/course/verdict/signals.ts';
import { evidence, exercise, slicesOf } from '../../support/evidence.ts';
import { leftoversOf } from '../../support/leftovers.ts';
import { profileFromText } from '../../support/profile-from-text.ts';
import { serviceReading } from '../../support/service-reading.ts';

const about = { slug: 'x', seed: 1, millis: 5 };
const leaks = exercise(
  {
    symptom: [{ title: 'Goroutines left', signal: 'goroutines-left', atMost: 0, unit: 'goroutines' }],
    budget: [],
    leftovers: { shape: 'failing' },
    difference: 'goroutines-left',
  },
  {
    fewer: {
      verdict: 'not-fixed',
      sentence: 'Fewer goroutines are left than before, but some still are.',
      when: [{ signal: 'goroutines-left.gain', atLeast: 0.05, atMost: 0.6 }],
    },
  },
);
const REST = `
  main.main;bazaar/internal/serve.run 1
  net/http.(*conn).serve;net.(*conn).Read 2`;
const slices = (['baseline', 'candidate', 'reference'] as const).flatMap((side) => slicesOf(side, {}));
const baseline = leftoversOf(REST, `${REST}\nmain.notify.func1;runtime.chansend1 9000`);

function judged(candidate: ReturnType<typeof leftoversOf>) {
  return decideVerdict(evidence({ slices, leftovers: { baseline, candidate } }), leaks, about);
}

test('goroutines that were there before, and idle connections, are not left', () => {
  const candidate = leftoversOf(`${REST}\nmain.work 4`, `${REST}0\nmain.work 4`);
  const verdict = judged(candidate);
  expect(verdict.verdict).toBe('fixed');
  expect(verdict.gates[2]).toMatchObject({ id: 'G3', pass: true, observed: 0, limit: 0, unit: 'goroutines' });
  expect(verdict.difference).toMatchObject({ unit: 'goroutines left', baseline: 9_000, candidate: 0, ratio: 0 });
  expect(verdict.summary).toContain('9,000 → 0 goroutines left, better by 100 %');
});

test('as many as before: not fixed, and the card says in which function they stand', () => {
  const verdict = judged(leftoversOf(REST, `${REST}\nmain.relay;runtime.chansend1 8900\nmain.other 3`));
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.gates[2]?.explain).toBe(
    'Goroutines left: 8,903 goroutines, at most 0 wanted. 8,900 of them in main.relay.',
  );
  expect(verdict.summary).toContain('no difference at this noise');
});

test('a wrong fix is recognised by how many are left of how many', () => {
  const verdict = judged(leftoversOf(REST, `${REST}\nmain.notify.func1 1800`));
  expect(verdict.summary).toMatch(/^Fewer goroutines are left/);
});

test('a run that is answered wrongly proves nothing by leaving nothing', () => {
  const example = {
    request: { method: 'POST', path: '/alerts' },
    status: 429,
    got: '{}',
    expected: '422',
    rule: 'status',
  };
  const shed = leftoversOf(REST, REST, { behaviour: { wrong: 900, examples: [example] } });
  const verdict = judged(shed);
  expect(verdict.verdict).toBe('wrong-behaviour');
  expect(verdict.gates[0]?.explain).toContain('900 of 1,000 answers are wrong (status)');
  const seen = evidence({ slices, leftovers: { baseline, candidate: shed } });
  expect(computeSignal(seen, 'rule:status')).toBe(1);
});

test('live heap that is left counts per request', () => {
  const seen = evidence({ slices, leftovers: { baseline, candidate: leftoversOf(REST, REST, { bytes: 2_000_000 }) } });
  expect(computeSignal(seen, 'bytes-left')).toBe(2_000);
});

test('what the run allocated is compared with the baseline', () => {
  const candidate = leftoversOf(REST, REST, { objects: 125 });
  expect(computeSignal(evidence({ slices, leftovers: { baseline, candidate } }), 'leftovers.objects.gain')).toBe(1.25);
});

test('nothing is known before the run was made', () => {
  for (const signal of ['goroutines-left', 'goroutines-left.gain', 'bytes-left', 'leftovers.objects.gain'])
    expect(computeSignal(NO_EVIDENCE, signal)).toBeNull();
});

/** A bench whose candidate's goroutines end one second after the last answer, and whose baseline's never do. */
function benchWithEnds(): { bench: TwinBench; clock: Clock; asked: string[]; stopped: Side[] } {
  const asked: string[] = [];
  const stopped: Side[] = [];
  const ends = new Map<Side, number>();
  let now = 0;
  const clock: Clock = {
    now: () => now,
    after(millis, task) {
      now += millis;
      queueMicrotask(task);
      return () => {};
    },
  };
  const runOf = (side: Side): BenchRun => ({
    side,
    crash: () => null,
    helpers: () => 0,
    metrics: async () => ({ ...serviceReading(0), runtime: { '/gc/heap/live:bytes': 5_000 } }),
    goroutines: async () => profileFromText(now < (ends.get(side) ?? 0) ? 'main.main 1\nmain.work 70' : 'main.main 1'),
    collectGarbage: async () => {},
    startProfiling: () => {},
    stopProfiling: async () => {},
    profiles: () => new Map(),
    stop: async () => void stopped.push(side),
  });
  const bench: TwinBench = {
    changedInstruments: [],
    start: async (side) => runOf(side),
    behave: async (run, { shape, requests, seed }) => {
      asked.push(`${run.side} ${shape} ${requests} ${seed}`);
      if (requests === 1_000) ends.set(run.side, run.side === 'candidate' ? now + 1_000 : Infinity);
      return { requests, wrong: 0, errors: 0, examples: [], invariants: [], callsInFlight: null };
    },
    measure: async () => [],
    probe: async () => [],
    burst: async () => [],
    stall: async () => [],
    raceTest: async () => ({ outcome: 'clean' }),
  };
  return { bench, clock, asked, stopped };
}

test('both sides get the same requests, and what ends soon after the last answer is not left', async () => {
  const { bench, clock, asked, stopped } = benchWithEnds();
  const { signal } = new AbortController();
  const options = { slug: 'x', exercise: leaks, bench, seed: 7, clock, signal, report: () => {} };
  const candidate = await bench.start('candidate', { downstreamFlags: [] });
  const seen = await observeLeftovers(NO_EVIDENCE, candidate, options);
  const sent = (side: Side) => asked.filter((line) => line.startsWith(side)).map((line) => line.replace(side, ''));
  expect(sent('candidate')).toEqual([' failing 200 9', ' failing 1000 10']);
  expect(sent('baseline')).toEqual(sent('candidate'));
  expect(computeSignal(seen, 'goroutines-left')).toBe(0);
  expect(seen.leftovers?.baseline.after.goroutines.samples.count).toBe(2);
  expect(stopped).toEqual(['baseline']);
});
