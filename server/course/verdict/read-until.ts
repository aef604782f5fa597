import type { ServiceMetrics } from '../../../protocol/index.ts';
import type { Clock } from '../../clock.ts';
import type { BenchRun } from './ports.ts';

/** A heap that is at its highest for a moment is seen, or nearly. */
const READING_MILLIS = 100;

/** What the runtime of a run says of itself, again and again until `end` is settled, and once more then; oldest first. */
export async function readUntil(end: Promise<unknown>, run: BenchRun, clock: Clock): Promise<ServiceMetrics[]> {
  let isOver = false;
  const over = end.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  const readings: ServiceMetrics[] = [];
  while (!isOver) {
    readings.push(await run.metrics());
    await Promise.race([over, new Promise<void>((resolve) => void clock.after(READING_MILLIS, resolve))]);
  }
  return [...readings, await run.metrics()];
}
