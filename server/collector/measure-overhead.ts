import type { Counters } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { Period, PeriodPair } from './compute-overhead.ts';
import { sleep } from './sleep.ts';

export interface OverheadParts {
  /** Holds collection back; resolves when nothing is under way any more. */
  holdBack(): Promise<void>;
  goOn(): void;
  /** Cumulative, of the process that is collected. */
  readCounters(): Promise<Counters>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Periods with and without collection, in turn. The order turns over from pair to pair, so that what drifts steadily
 * (a growing heap, a warming machine) cancels out. Schedules go on while collection is held back, hence rare scrapes
 * fall into a period as often as they do without a measurement. A period ends when no window is under way.
 *
 *     pair     0          1          2
 *          off   on    on   off   off   on
 */
export async function* measureOverhead(
  parts: OverheadParts,
  { pairs, periodMillis }: { pairs: number; periodMillis: number },
): AsyncGenerator<PeriodPair> {
  try {
    for (let pair = 0; pair < pairs; pair++) {
      const first = await takePeriod(parts, pair % 2 === 1, periodMillis);
      const second = await takePeriod(parts, pair % 2 === 0, periodMillis);
      if (parts.signal.aborted) return;
      yield pair % 2 === 0 ? { without: first, collected: second } : { without: second, collected: first };
    }
  } finally {
    parts.goOn();
  }
}

async function takePeriod(parts: OverheadParts, collected: boolean, periodMillis: number): Promise<Period> {
  await parts.holdBack();
  const before = await parts.readCounters();
  if (collected) parts.goOn();
  await sleep(parts.clock, periodMillis, parts.signal);
  await parts.holdBack();
  const after = await parts.readCounters();
  return {
    cpuNanos: after.cpuNanos - before.cpuNanos,
    requests: after.requests - before.requests,
    millis: after.unixMillis - before.unixMillis,
  };
}
