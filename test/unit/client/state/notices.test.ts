import { expect, test } from 'vitest';
import { createNotices } from '../../../../client/state/index.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

test('news goes by itself, a problem stays until it is dismissed', () => {
  const clock = createHandClock();
  const notices = createNotices(clock);
  notices.tell('Reset.');
  notices.problem('Disk full.');
  clock.advance(60_000);
  expect(notices.store.get().notices.map(({ text }) => text)).toEqual(['Disk full.']);
  notices.dismiss(notices.store.get().notices[0]?.id ?? 0);
  expect(notices.store.get().notices).toEqual([]);
});

test('the same message is not stacked, and only the last four are kept', () => {
  const notices = createNotices(createHandClock());
  for (const text of ['a', 'b', 'a', 'c', 'd', 'e']) notices.problem(text);
  expect(notices.store.get().notices.map(({ text }) => text)).toEqual(['a', 'c', 'd', 'e']);
});

test('a failed action says what failed and why, and gives nothing back', async () => {
  const notices = createNotices(createHandClock());
  const result = await notices.attempt('Save', () => Promise.reject(new Error('Disk full.')));
  expect(result).toBeUndefined();
  expect(notices.store.get().notices[0]).toMatchObject({ tone: 'problem', text: 'Save: Disk full.' });
});
