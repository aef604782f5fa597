import type { ServiceMetrics } from '../../../protocol/index.ts';
import { type Clock, repeatUntil } from '../../clock.ts';
import type { BenchRun } from './ports.ts';

/** A heap that is at its highest for a moment is seen, or nearly. */
const READING_MILLIS = 100;

/** What the runtime of a run says of itself, again and again until `end` is settled, and once more then; oldest first. */
export async function readUntil(end: Promise<unknown>, run: BenchRun, clock: Clock): Promise<ServiceMetrics[]> {
  const readings: ServiceMetrics[] = [];
  await repeatUntil(end, { clock, millis: READING_MILLIS }, async () => {
    readings.push(await run.metrics());
  });
  return [...readings, await run.metrics()];
}
