import { expect, test } from 'vitest';
import { systemClock } from '../../../server/clock.ts';
import type { BenchRun } from '../../../server/course/verdict/ports.ts';
import { crashOf } from '../../../server/course/verdict/with-runs.ts';
import { serviceReading } from '../../support/service-reading.ts';

/** A run of which it is known why it ended only when it was asked so often. */
function run(known: number, answers: boolean): Pick<BenchRun, 'crash' | 'metrics'> {
  let asked = 0;
  return {
    crash() {
      asked += 1;
      return asked > known ? 'it ended with exit code 2' : null;
    },
    metrics: () => (answers ? Promise.resolve(serviceReading(0)) : Promise.reject(new Error('connection refused'))),
  };
}

test('a process that is gone is given a moment to say why', async () => {
  expect(await crashOf(run(0, false), systemClock)).toBe('it ended with exit code 2');
  expect(await crashOf(run(2, false), systemClock)).toBe('it ended with exit code 2');
});

test('one that answers hasn’t ended, one that only doesn’t answer isn’t waited for for ever', async () => {
  expect(await crashOf(run(1, true), systemClock)).toBeNull();
  const atOnce = {
    now: () => 0,
    after(_: number, task: () => void) {
      task();
      return () => undefined;
    },
  };
  expect(await crashOf(run(1_000, false), atOnce)).toBeNull();
});
