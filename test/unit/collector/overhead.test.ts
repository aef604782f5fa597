import { expect, test } from 'vitest';
import type { Counters } from '../../../protocol/index.ts';
import type { Clock } from '../../../server/clock.ts';
import { computeOverhead, type Period, type PeriodPair } from '../../../server/collector/compute-overhead.ts';
import { measureOverhead } from '../../../server/collector/measure-overhead.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const period = (microsPerRequest: number, requests = 1_000): Period => ({
  cpuNanos: microsPerRequest * 1_000 * requests,
  requests,
  millis: 10_000,
});
const pair = (without: number, collected: number): PeriodPair => ({
  without: period(without),
  collected: period(collected),
});

test('the cost is the mean of the pairs, with an interval around it', () => {
  const { relative, cores, requestsPerSecond } = computeOverhead([pair(100, 101), pair(104, 105.04), pair(98, 98.98)]);
  expect(relative?.per).toBe('request');
  expect(relative?.point).toBeCloseTo(0.01, 10);
  expect(relative?.low).toBeCloseTo(0.01, 10);
  expect(cores?.point).toBeCloseTo((0.0001 + 0.000104 + 0.000098) / 3, 10);
  expect(requestsPerSecond).toBe(100);
});

test('noise widens the interval beyond zero', () => {
  const { relative } = computeOverhead([pair(100, 110), pair(100, 91), pair(100, 104), pair(100, 99)]);
  expect(relative?.low).toBeLessThan(0);
  expect(relative?.high).toBeGreaterThan(0);
});

test('an idle service is judged by the second, and fewer than three pairs not at all', () => {
  const idle: PeriodPair = { without: period(100, 3), collected: period(150, 2) };
  expect(computeOverhead([idle, idle, idle]).relative).toMatchObject({ per: 'second' });
  expect(computeOverhead([pair(100, 101), pair(100, 101)])).toMatchObject({ relative: null, cores: null });
});

/** A process that needs 1 ms of CPU in 100 ms, and 2 ms while it is collected; `answer` stands between it and its counters. */
function processUnderTest(answer: (counters: Counters, reading: number) => Counters = (counters) => counters) {
  const hand = createHandClock();
  const order: boolean[] = [];
  let collected = true;
  let cpuNanos = 0;
  let readings = 0;
  let since = hand.now();
  const advance = (): void => {
    cpuNanos += (hand.now() - since) * (collected ? 20_000 : 10_000);
    since = hand.now();
  };
  const clock: Clock = {
    now: hand.now,
    after(millis, task) {
      order.push(collected);
      setImmediate(() => hand.advance(millis));
      return hand.after(millis, task);
    },
  };
  const parts = {
    clock,
    signal: new AbortController().signal,
    async holdBack() {
      advance();
      collected = false;
    },
    goOn() {
      advance();
      collected = true;
    },
    async readCounters() {
      advance();
      return answer({ cpuNanos, requests: 0, unixMillis: hand.now() } as Counters, readings++);
    },
  };
  return { parts, order, isCollected: () => collected };
}

async function pairsOf({ parts }: ReturnType<typeof processUnderTest>, pairs: number): Promise<PeriodPair[]> {
  const taken: PeriodPair[] = [];
  for await (const one of measureOverhead(parts, { pairs, periodMillis: 1_000 })) taken.push(one);
  return taken;
}

test('periods alternate, their order turns over, and collection goes on at the end', async () => {
  const process = processUnderTest();
  const pairs = await pairsOf(process, 4);
  expect(process.isCollected()).toBe(true);
  expect(pairs).toHaveLength(4);
  expect(process.order).toEqual([false, true, true, false, false, true, true, false]);
  expect(computeOverhead(pairs).relative).toMatchObject({ per: 'second' });
  expect(computeOverhead(pairs).relative?.point).toBeCloseTo(1, 6);
});

const missing = (): never => {
  throw new Error('it did not answer within 5000 ms');
};

test('a pair without an answer is left out, as is one in which the process was started anew', async () => {
  const anew = (counters: Counters): Counters => ({ ...counters, cpuNanos: 0 });
  const process = processUnderTest((counters, reading) =>
    reading === 5 ? missing() : reading === 9 ? anew(counters) : counters,
  );
  const pairs = await pairsOf(process, 6);
  expect(pairs).toHaveLength(4);
  expect(computeOverhead(pairs).relative?.point).toBeCloseTo(1, 6);
  expect(process.isCollected()).toBe(true);
});

test('too few pairs are a failure that says how many there are', async () => {
  const process = processUnderTest((counters, reading) => (reading >= 8 ? missing() : counters));
  await expect(pairsOf(process, 4)).rejects.toThrow(
    '2 of 4 pairs could not be read (it did not answer within 5000 ms); 2 were, and it takes 3.',
  );
  expect(process.isCollected()).toBe(true);
});
