import { expect, test } from 'vitest';
import { createTally } from '../../../server/lab/tally.ts';

test('waiting for a count that was reached before resolves at once', async () => {
  const tally = createTally();
  tally.count('a');
  await tally.reach('a', 1, new AbortController().signal);
});

test('waits for the n-th time of its own key', async () => {
  const tally = createTally();
  const seen: string[] = [];
  const reached = tally.reach('a', 2, new AbortController().signal).then(() => seen.push('reached'));
  tally.count('a');
  tally.count('b');
  await Promise.resolve();
  expect(seen).toEqual([]);
  tally.count('a');
  await reached;
  expect(seen).toEqual(['reached']);
});

test('an abort rejects', async () => {
  const abort = new AbortController();
  const waiting = createTally().reach('a', 1, abort.signal);
  abort.abort(new Error('a newer save'));
  await expect(waiting).rejects.toThrow('a newer save');
});
