import type { Clock } from '../clock.ts';

/** Resolves after `millis`, or at once when the signal aborts; never rejects. */
export function sleep(clock: Clock, millis: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || millis <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.after(millis, done);
    function done(): void {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
