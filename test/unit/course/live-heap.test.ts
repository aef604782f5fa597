import { expect, test } from 'vitest';
import { decideVerdict } from '../../../server/course/verdict/decide.ts';
import type { Evidence, Side, Slice } from '../../../server/course/verdict/evidence.ts';
import { computeGates } from '../../../server/course/verdict/gates.ts';
import { heapGrowth } from '../../../server/course/verdict/live-heap.ts';
import { computeSignal } from '../../../server/course/verdict/signals.ts';
import { evidence, exercise, slicesOf } from '../../support/evidence.ts';

const MIB = 2 ** 20;

/** One slice of 100 requests a reading, in MiB; of ten visitors who came back, `known` were known. */
function windows(side: Side, text: string, known = 10): Slice[] {
  const readings = text.split(/[ |]+/).map(Number);
  return slicesOf(side, {}, { rounds: readings.length }).map((slice, at) => ({
    ...slice,
    heap: { liveBytes: (readings[at] ?? 0) * MIB, soon: 10, soonKnown: known, late: 5, lateKnown: known / 2 },
  }));
}

const GROWING = '1 2 3 4 | 5 6 7 8';

function seen(candidate: Slice[], baseline = windows('baseline', GROWING)): Evidence {
  const reference = windows('reference', '1 2 2 2 | 2 2 2 2', 8);
  const slices = [...slicesOf('candidate', {}), ...slicesOf('baseline', {}), ...slicesOf('reference', {})];
  return evidence({ slices, liveHeap: { warmUp: 4, slices: [...baseline, ...candidate, ...reference] } });
}

test.each([
  ['what grows with every window', GROWING, 1],
  ['what has a bound', '1 2 2 2 | 2 2 2 2', 0],
  ['what shrinks', '4 4 4 4 | 3 2 2 2', 0],
  ['what is swept in turns', '1 2 3 2 | 3 2 3 2', 0],
  ['what is thrown away when it is over', '1 2 3 4 | 6 7 8 1', 1],
  ['one window in which nobody was swept', '1 2 3 3 | 3 3 5 3', 0],
  ['half of it', '1 2 3 4 | 4.5 5 5.5 6', 0.5],
])('%s has its slope', (_, text, slope) => {
  expect(computeSignal(seen(windows('candidate', text)), 'heap-slope')).toBeCloseTo(slope, 5);
});

test('growth is counted per request that was completed after the warm-up', () => {
  expect(heapGrowth(seen(windows('candidate', GROWING)), 'candidate')).toBeCloseTo((3 * MIB) / 300, 5);
});

test('hits are those of the reference solution, times something', () => {
  expect(computeSignal(seen(windows('candidate', GROWING, 10)), 'hit-ratio')).toBeCloseTo(1.25, 5);
  expect(computeSignal(seen(windows('candidate', GROWING, 0)), 'hit-ratio')).toBe(0);
});

test('who is known when nobody has room for them any more overstays, in a share of its own', () => {
  expect(computeSignal(seen(windows('candidate', GROWING, 8)), 'overstay')).toBeCloseTo(0.8, 5);
});

test('without readings there is none of them, nor a slope against a start that does not grow', () => {
  for (const signal of ['heap-slope', 'hit-ratio', 'overstay']) expect(computeSignal(evidence({}), signal)).toBeNull();
  const flat = windows('baseline', '1 1 1 1 | 1 1 1 1');
  expect(computeSignal(seen(windows('candidate', GROWING), flat), 'heap-slope')).toBeNull();
});

const checked = exercise({
  symptom: [
    { title: 'Growth', signal: 'heap-slope', atMost: 0.1, unit: 'times' },
    { title: 'Known', signal: 'hit-ratio', atLeast: 0.9, unit: 'times' },
  ],
  budget: [],
  liveHeap: { rate: 500, warmUp: 4, windows: 4, windowMillis: 100 },
  difference: 'heap-slope',
});
const about = { slug: 'x', seed: 1, millis: 5 };

test('the symptom is shown with what was kept and who was known', () => {
  const [, , growing] = computeGates(seen(windows('candidate', GROWING)), checked);
  expect(growing).toMatchObject({ pass: false, observed: 1, limit: 0.1, unit: 'times' });
  expect(growing?.explain).toContain('Live bytes kept for each request: 10.24 KiB, before 10.24 KiB.');
  const [, , forgetful] = computeGates(seen(windows('candidate', '1 1 1 1 | 1 1 1 1', 2)), checked);
  expect(forgetful).toMatchObject({ pass: false, observed: 0.25, limit: 0.9 });
  expect(forgetful?.explain).toContain('Known of those who came back soon: 20 %, with the reference solution 80 %.');
});

test('bounded and not forgetful: fixed, and the headline is what was kept', () => {
  const verdict = decideVerdict(seen(windows('candidate', '1 2 2 2 | 2 2 2 2', 8)), checked, about);
  expect(verdict).toMatchObject({ verdict: 'fixed', difference: { unit: 'bytes/request', candidate: 0, ratio: 0 } });
  expect(verdict.summary).toContain('better by 100 %');
});

test('two equal slopes are no difference', () => {
  const verdict = decideVerdict(seen(windows('candidate', GROWING)), checked, about);
  expect(verdict.verdict).toBe('not-fixed');
  expect(verdict.summary).toContain('no difference at this noise');
});

test('requests that are lost while the heap is read fail conservation', () => {
  const lost = windows('candidate', '1 2 2 2 | 2 2 2 2', 8).map((slice) => ({ ...slice, completed: 99 }));
  expect(decideVerdict(seen(lost), checked, about)).toMatchObject({ verdict: 'wrong-behaviour' });
});
