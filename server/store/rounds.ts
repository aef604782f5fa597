import type { Clock } from '../clock.ts';

export interface Rounds {
  /** Ends the rounds; one that runs is waited for. */
  stop(): Promise<void>;
}

/** Runs `round`, which must not reject, so long after the last one ended, again and again. */
export function startRounds(clock: Clock, everyMillis: number, round: () => Promise<void>): Rounds {
  let cancel = (): void => undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    if (stopped) return;
    cancel = clock.after(everyMillis, () => {
      running = round().then(schedule);
    });
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
