import { expect, test } from 'vitest';
import { exerciseFile, signalName } from '../../../protocol/index.ts';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import { computeGates } from '../../../server/course/verdict/gates.ts';
import { computeSignal } from '../../../server/course/verdict/signals.ts';
import { burstOf } from '../../support/burst.ts';
import { evidence, exercise, slicesOf } from '../../support/evidence.ts';

const slices = (['baseline', 'candidate', 'reference'] as const).flatMap((side) => slicesOf(side, {}));
const about = { slug: 'x', seed: 1, millis: 5 };
const crowded = exercise(
  {
    budget: [],
    burst: { rate: 40 },
    symptom: [
      { title: 'Goroutines', signal: 'most-goroutines', atMost: 500, unit: 'goroutines' },
      { title: 'Refused before', signal: 'refused-at-base', atMost: 0, unit: 'refusals' },
      { title: 'Capacity', signal: 'capacity-used', atLeast: 0.8 },
      { title: 'Delivered', signal: 'deliveries-per-accepted', atLeast: 50, atMost: 50, unit: 'messages/request' },
    ],
    difference: 'most-goroutines',
  },
  {
    inside: {
      verdict: 'not-fixed',
      sentence: 'The limit is inside of each goroutine, which is there all the same.',
      when: [
        { signal: 'most-goroutines', atLeast: 5_000 },
        { signal: 'most-in-line', atMost: 100 },
      ],
    },
    lost: {
      verdict: 'wrong-behaviour',
      sentence: 'Whoever waited for too long was left out of the announcement.',
      when: [{ signal: 'rule:announcement-failed', atLeast: 1 }],
    },
  },
);
const sides = [burstOf('baseline', { mostGoroutines: 44_000, mostInLine: 43_000 })];
const seen = (fields: Parameters<typeof burstOf>[1]) =>
  evidence({ slices, bursts: [...sides, burstOf('candidate', fields)] });
const judged = (fields: Parameters<typeof burstOf>[1]) => decideVerdict(seen(fields), crowded, about);

test.each([
  ['most-goroutines', 240],
  ['capacity-used', 0.9],
  ['refused-share', 0.625],
  ['refused-at-base', 2],
  ['deliveries-per-accepted', 50],
  ['most-in-line', 7],
])('%s is read from the candidate', (name, value) => {
  const candidate = {
    mostGoroutines: 240,
    mostInLine: 7,
    sent: 14_500,
    capacityUsed: 0.9,
    base: { refused: 2 },
    burst: { accepted: 270, refused: 600 },
  };
  expect(signalName.parse(name)).toBe(name);
  expect(computeSignal(seen(candidate), name)).toBe(value);
  expect(computeSignal(evidence({ slices }), name)).toBeNull();
});

test('few goroutines, nothing refused before, the capacity used and all delivered: fixed', () => {
  const verdict = judged({ mostGoroutines: 310 });
  expect(verdict.verdict).toBe('fixed');
  expect(verdict.difference).toMatchObject({ unit: 'goroutines at most', baseline: 44_000, candidate: 310 });
  expect(verdict.summary).toContain('44,000 → 310 goroutines at most, better by 99 %');
  expect(verdict.gates[2]?.explain).toBe('Goroutines: 310 goroutines, at most 500 wanted. Their stacks: 1.0 MiB.');
});

test('as many goroutines as before are not fixed, and the limit inside of them is recognised', () => {
  expect(judged({ mostGoroutines: 44_000, mostInLine: 43_000 }).summary).toMatch(/^Goroutines: 44,000/);
  expect(judged({ mostGoroutines: 44_000 })).toMatchObject({
    verdict: 'not-fixed',
    summary: expect.stringMatching(/^The limit is inside/),
  });
});

test('capacity that is not used is not fixed, nor is a refusal before the burst', () => {
  const shy = judged({ burst: { accepted: 150, refused: 810 }, sent: 8_500, capacityUsed: 0.48 });
  expect(shy.verdict).toBe('not-fixed');
  expect(shy.summary).toContain('Capacity: 0.480 share, at least 0.8 wanted. 150 of 960 accepted, 810 refused.');
  const early = judged({ base: { accepted: 19, refused: 1 }, sent: 15_950 });
  expect(early.summary).toContain('Refused before: 1.00 refusals, at most 0 wanted.');
});

test('what is accepted and not delivered, answered wrongly or not at all, fails conservation', () => {
  const example = {
    request: { method: 'POST', path: '/' },
    status: 200,
    got: '',
    expected: '',
    rule: 'announcement-failed',
  };
  for (const [lost, fields] of [
    [20, { sent: 15_000 }],
    [4, { burst: { accepted: 296, wrong: 4 }, sent: 15_950, examples: [example] }],
    [3, { burst: { accepted: 297, errors: 3 } }],
  ] as const) {
    const verdict = judged(fields);
    expect(verdict.verdict).toBe('wrong-behaviour');
    expect(verdict.gates[1]).toMatchObject({ id: 'G2', pass: false, observed: lost });
    expect(verdict.summary).toContain(`${lost} of the burst are wrong, or not delivered.`);
  }
  expect(judged({ burst: { wrong: 1 }, examples: [example] }).summary).toMatch(/^Whoever waited/);
});

test('a message that goes out twice is not fixed', () => {
  const twice = judged({ sent: 16_400 });
  expect(twice.verdict).toBe('not-fixed');
  expect(twice.summary).toContain('16,400 messages for 320 accepted requests');
});

test('requests that are still in line when the run is over are neither wrong nor lost', () => {
  const verdict = judged({ mostGoroutines: 1_500, burst: { refused: 0, unanswered: 660 }, sent: 17_000 });
  expect(verdict.summary).toContain('Goroutines: 1,500');
  expect(verdict.gates[1]).toMatchObject({ id: 'G2', pass: true });
  const late = { burst: { refused: 655, unanswered: 5 }, sent: 16_120 };
  expect(computeSignal(seen(late), 'deliveries-per-accepted')).toBe(50);
  expect(computeSignal(seen({ ...late, sent: 16_320 }), 'deliveries-per-accepted')).toBe(51);
  expect(verdict.verdict).toBe('not-fixed');
});

test('without the run, or with too few samples in it, the gate stays open', () => {
  expect(computeGates(evidence({ slices }), crowded)[2]).toMatchObject({ id: 'G3', pass: null });
  expect(computeGates(seen({ samples: 5 }), crowded)[2]).toMatchObject({ id: 'G3', pass: null });
});

test('an exercise asks for a short run', () => {
  const ask = (burst: object) => exerciseFile.safeParse({ ...crowded, checks: { ...crowded.checks, burst } });
  expect(ask({ rate: 40 }).success).toBe(true);
  expect(ask({ rate: 40, baseMillis: 2_000, burstMillis: 3_000 }).success).toBe(false);
});
