import type { Counters } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { LEAST_PAIRS, type Period, type PeriodPair } from './compute-overhead.ts';
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
 *
 * A pair whose counters can't be read is left out. Throws as soon as too few can still come, with how many were read.
 */
export async function* measureOverhead(
  parts: OverheadParts,
  { pairs, periodMillis }: { pairs: number; periodMillis: number },
): AsyncGenerator<PeriodPair> {
  let lost = 0;
  try {
    for (let pair = 0; pair < pairs; pair++) {
      const taken = await takePair(parts, pair % 2 === 1, periodMillis).catch(async (cause: unknown) => {
        if (parts.signal.aborted) return null;
        lost++;
        if (pairs - lost < LEAST_PAIRS) throw tooFew({ read: pair + 1 - lost, lost, pairs }, cause);
        await sleep(parts.clock, periodMillis, parts.signal);
        return null;
      });
      if (parts.signal.aborted) return;
      if (taken) yield taken;
    }
  } finally {
    parts.goOn();
  }
}

function tooFew({ read, lost, pairs }: Record<'read' | 'lost' | 'pairs', number>, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'no-data',
    `${lost} of ${pairs} pairs could not be read (${why}); ${read} were, and it takes ${LEAST_PAIRS}.`,
    { cause },
  );
}

async function takePair(parts: OverheadParts, collectedFirst: boolean, periodMillis: number): Promise<PeriodPair> {
  const first = await takePeriod(parts, collectedFirst, periodMillis);
  const second = await takePeriod(parts, !collectedFirst, periodMillis);
  return collectedFirst ? { without: second, collected: first } : { without: first, collected: second };
}

async function takePeriod(parts: OverheadParts, collected: boolean, periodMillis: number): Promise<Period> {
  await parts.holdBack();
  const before = await parts.readCounters();
  if (collected) parts.goOn();
  await sleep(parts.clock, periodMillis, parts.signal);
  await parts.holdBack();
  const after = await parts.readCounters();
  if (after.cpuNanos < before.cpuNanos) throw new Error('the process was started anew meanwhile');
  return {
    cpuNanos: after.cpuNanos - before.cpuNanos,
    requests: after.requests - before.requests,
    millis: after.unixMillis - before.unixMillis,
  };
}
