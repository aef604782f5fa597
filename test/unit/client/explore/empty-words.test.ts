import { expect, test } from 'vitest';
import { emptyWords } from '../../../../client/explore/empty-words.ts';

const LAB = { goMissing: false, paused: false };
const NOW = Date.parse('2026-01-02T12:00:00Z');
const noData = (detail: unknown) => ({ code: 'no-data', message: 'no cpu profile', detail });
const NOTHING = { profiles: 0, firstMillis: null, lastMillis: null };
const SOME = { profiles: 12, firstMillis: NOW - 60_000, lastMillis: NOW };

test('a window without profiles says what there is, and offers it', () => {
  const { title, hint, offers } = emptyWords(noData({ kind: 'cpu', matching: SOME, all: SOME }), NOW, LAB);
  expect(title).toBe('No CPU profile in this window');
  expect(hint).toMatch(/^There are 12 profiles, [\d:]+ – [\d:]+ \(1\smin\), that match\.$/);
  expect(offers).toEqual(['all']);
});

test('a selector that nothing matches offers to drop it', () => {
  const words = emptyWords(noData({ kind: 'heap', matching: NOTHING, all: SOME }), NOW, { ...LAB, paused: true });
  expect(words).toMatchObject({ title: 'No Heap profile matches', offers: ['every-label'] });
  expect(words.hint).toContain('Everything is paused');
});

test('a store without this kind names those that it has; an empty one says why', () => {
  expect(emptyWords(noData({ kinds: ['cpu'] }), NOW, LAB)).toMatchObject({ kinds: ['cpu'] });
  expect(emptyWords(noData({ kinds: [] }), NOW, { ...LAB, goMissing: true }).hint).toContain('without Go');
  expect(emptyWords(noData({ kinds: [] }), NOW, LAB)).toMatchObject({ title: 'Nothing is stored yet', kinds: [] });
});

test('other refusals are shown in the lab’s own words', () => {
  const failure = { code: 'bad-selector', message: 'position 3: expected …', detail: { position: 3 } };
  expect(emptyWords(failure, NOW, LAB)).toMatchObject({ title: 'The selector can’t be read', hint: failure.message });
});

test('a label to group by that nothing has is dropped with one click', () => {
  const failure = { code: 'bad-request', message: 'no heap profile here has a label "tenant"', detail: null };
  const words = emptyWords(failure, NOW, { ...LAB, groupedBy: 'tenant' });
  expect(words).toMatchObject({ hint: 'No heap profile here has a label "tenant".', offers: ['ungrouped'] });
  expect(emptyWords(failure, NOW, { ...LAB, groupedBy: null }).offers).toEqual([]);
});
