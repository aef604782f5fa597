import { expect, test } from 'vitest';
import { createRefresher } from '../../../../client/state/refresher.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

/** Asks that stay open until they are answered by hand. */
function openAsks() {
  const asks: { signal: AbortSignal; answer: () => void }[] = [];
  const ask = (signal: AbortSignal) =>
    new Promise<void>((answer) => {
      asks.push({ signal, answer });
    });
  return { asks, ask };
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('many hints are one ask, at most ten asks a second', async () => {
  const clock = createHandClock();
  let count = 0;
  const refresher = createRefresher(async () => {
    count += 1;
  }, clock);
  for (let millis = 0; millis < 1_000; millis += 10) {
    refresher.hint();
    clock.advance(10);
    await settled();
  }
  expect(count).toBeLessThanOrEqual(11);
  expect(count).toBeGreaterThanOrEqual(9);
});

test('hints while an ask is open wait for it and become one more', async () => {
  const clock = createHandClock();
  const { asks, ask } = openAsks();
  const refresher = createRefresher(ask, clock);
  refresher.hint();
  clock.advance(0);
  refresher.hint();
  refresher.hint();
  clock.advance(5_000);
  expect(asks).toHaveLength(1);
  asks[0]?.answer();
  await settled();
  clock.advance(0);
  expect(asks).toHaveLength(2);
  expect(asks[0]?.signal.aborted).toBe(false);
});

test('another question aborts the open ask, whose late answer starts nothing', async () => {
  const clock = createHandClock();
  const { asks, ask } = openAsks();
  const refresher = createRefresher(ask, clock);
  refresher.restart();
  refresher.hint();
  refresher.restart();
  expect(asks.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  asks[0]?.answer();
  await settled();
  clock.advance(1_000);
  expect(asks).toHaveLength(2);
});

test('a failed ask doesn’t end the following ones', async () => {
  const clock = createHandClock();
  let count = 0;
  const refresher = createRefresher(async () => {
    count += 1;
    throw new Error('no');
  }, clock);
  refresher.hint();
  clock.advance(0);
  await settled();
  refresher.hint();
  clock.advance(100);
  await settled();
  expect(count).toBe(2);
});

test('after stop nothing is asked any more', () => {
  const clock = createHandClock();
  const { asks, ask } = openAsks();
  const refresher = createRefresher(ask, clock);
  refresher.hint();
  refresher.stop();
  clock.advance(1_000);
  expect(asks).toHaveLength(0);
});
