import type { Timers } from './timers.ts';

/** Reads now, and again some time after each reading has ended, until it is stopped; a reading that comes after that isn't wanted. */
export function readAgain(
  read: (isWanted: () => boolean) => Promise<void>,
  everyMillis: number,
  timers: Timers,
): () => void {
  let cancel = () => {};
  let stopped = false;
  const turn = async () => {
    await read(() => !stopped);
    if (!stopped) cancel = timers.after(everyMillis, () => void turn());
  };
  void turn();
  return () => {
    stopped = true;
    cancel();
  };
}
