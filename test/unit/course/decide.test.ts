import { expect, test } from 'vitest';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import { NO_EVIDENCE } from '../../../server/course/verdict/evidence.ts';
import { evidence, exercise, slicesOf } from '../../support/evidence.ts';
import { serviceReading } from '../../support/service-reading.ts';

const about = { slug: 'x', seed: 1, millis: 5 };
const twin = (candidate: number) => [
  ...slicesOf('baseline', { objects: 300 }),
  ...slicesOf('candidate', { objects: candidate }),
  ...slicesOf('reference', { objects: 80 }),
];
const behaviour = { requests: 5_000, wrong: 0, errors: 0, examples: [], invariants: [], callsInFlight: 8 };

test('as cheap as the reference, right in every answer: fixed', () => {
  const verdict = decideVerdict(evidence({ slices: twin(82), behaviour }), exercise(), about);
  expect(verdict.verdict).toBe('fixed');
  expect(verdict.difference).toMatchObject({ baseline: 300, candidate: 82, unit: 'objects/request' });
});

test('untouched: not fixed, and the budget is said in numbers', () => {
  const verdict = decideVerdict(evidence({ slices: twin(300), behaviour }), exercise(), about);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.summary).toContain('no difference at this noise');
  expect(verdict.gates[3]).toMatchObject({ id: 'G4', pass: false, observed: 300, limit: 96 });
});

test('deleted work is wrong behaviour even though it is cheaper than the reference', () => {
  const example = {
    request: { method: 'GET', path: '/search?q=%00' },
    status: 200,
    got: '{}',
    expected: '400',
    rule: 'bad-query-refused',
  };
  const lying = { ...behaviour, wrong: 37, examples: [example] };
  const verdict = decideVerdict(evidence({ slices: twin(20), behaviour: lying }), exercise(), about);
  expect(verdict.verdict).toBe('wrong-behaviour');
  expect(verdict.summary).toContain('bad-query-refused');
});

test('a crash is wrong behaviour and not an error', () => {
  const verdict = decideVerdict({ ...NO_EVIDENCE, crash: 'exit 2: panic: nil map' }, exercise(), about);
  expect(verdict.verdict).toBe('wrong-behaviour');
  expect(verdict.summary).toContain('panic: nil map');
});

test('requests that are lost, be it only while a profile is taken, fail conservation whatever the cost', () => {
  const slices = [
    ...slicesOf('baseline', { objects: 300 }),
    ...slicesOf('candidate', { objects: 80 }, { lost: 3 }),
    ...slicesOf('reference', { objects: 80 }),
  ];
  const verdict = decideVerdict(evidence({ slices: twin(80), profiledSlices: slices, behaviour }), exercise(), about);
  expect(verdict.verdict).toBe('wrong-behaviour');
  expect(verdict.gates[1]).toMatchObject({ id: 'G2', pass: false, observed: 60 });
});

test('changed instruments never pass', () => {
  const instruments = { changedFiles: ['internal/serve/rates.go'], rates: [], helpers: 0 };
  const verdict = decideVerdict(evidence({ slices: twin(80), behaviour, instruments }), exercise(), about);
  expect(verdict.verdict).toBe('wrong-behaviour');
  expect(verdict.summary).toContain('internal/serve/rates.go');
});

test('work that other processes did for the service never passes', () => {
  const instruments = { changedFiles: [], rates: [], helpers: 2 };
  const verdict = decideVerdict(evidence({ slices: twin(80), behaviour, instruments }), exercise(), about);
  expect(verdict.verdict).toBe('wrong-behaviour');
  expect(verdict.summary).toContain('the service ran 2 other processes, where no profile looks');
});

test('a gate that was not reached makes it inconclusive', () => {
  const verdict = decideVerdict(evidence({ slices: twin(80), behaviour, heldout: null }), exercise(), about);
  expect(verdict.verdict).toBe('inconclusive');
  expect(verdict.summary).toContain('G5');
});

test('CPU time differs when its interval clears 1 by five percent, objects when theirs clears 1', () => {
  const summaryOf = (difference: 'cpu' | 'objects', percent: number): string => {
    const slices = [
      ...slicesOf('baseline', { objects: 1_000, cpu: () => 100_000 }),
      ...slicesOf('candidate', { objects: 10 * percent, cpu: () => 1_000 * percent }),
      ...slicesOf('reference', { objects: 500, cpu: () => 50_000 }),
    ];
    return decideVerdict(evidence({ slices, behaviour }), exercise({ difference }), about).summary;
  };
  expect(summaryOf('cpu', 104)).toContain('no difference at this noise');
  expect(summaryOf('cpu', 106)).toContain('worse by 6 %');
  expect(summaryOf('cpu', 94)).toContain('better by 6 %');
  expect(summaryOf('objects', 104)).toContain('worse by 4 %');
});

test('CPU decides only when its whole interval lies on one side of the limit; else it is said how long more would', () => {
  const cpuBudget = exercise({ budget: [{ quantity: 'cpu', atMost: 1.2 }] });
  const noisy = (mean: number) => [
    ...slicesOf('baseline', { cpu: () => 100_000 }),
    ...slicesOf('candidate', { cpu: (round) => mean * (round % 2 === 0 ? 0.6 : 1.4) }),
    ...slicesOf('reference', { cpu: () => 50_000 }),
  ];
  expect(decideVerdict(evidence({ slices: noisy(40_000), behaviour }), cpuBudget, about).verdict).toBe('fixed');
  const unsure = decideVerdict(evidence({ slices: noisy(65_000), behaviour }), cpuBudget, about);
  expect(unsure.verdict).toBe('inconclusive');
  expect(unsure.summary).toMatch(/too close to call: about \d+ s more of measuring would decide it/);
  expect(decideVerdict(evidence({ slices: noisy(100_000), behaviour }), cpuBudget, about).verdict).toBe('not-fixed');
});

test('a wrong fix gets its own sentence by its signals, and only with its declared verdict', () => {
  const sentence = 'You cached whole answers, which helps only the questions that come twice.';
  const wrong = {
    cached: { verdict: 'not-fixed', sentence, when: [{ signal: 'objects', atLeast: 1.5, atMost: 2.5 }] },
  };
  const verdict = decideVerdict(evidence({ slices: twin(160), behaviour }), exercise({}, wrong), about);
  expect(verdict.summary.startsWith(sentence)).toBe(true);
  const other = decideVerdict(evidence({ slices: twin(290), behaviour }), exercise({}, wrong), about);
  expect(other.summary).not.toContain(sentence);
});

test('waiting for mutexes is sampled, so only a large change of it is called one', () => {
  const waiting = exercise({ budget: [], difference: 'mutex-wait' });
  const from = (seconds: number) => ({ before: serviceReading(0), after: serviceReading(seconds) });
  const verdictOf = (candidate: number) => {
    const metrics = { baseline: from(20), candidate: from(candidate) };
    return decideVerdict(evidence({ slices: twin(300), behaviour, metrics }), waiting, about);
  };
  expect(verdictOf(30).summary).toContain('no difference at this noise');
  expect(verdictOf(0.02).summary).toContain('10,000 → 10.0 µs/request, better by 100 %');
});
