/** Time, handed in: tests bring their own. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Runs `task` after `millis`; the disposer cancels it. */
  after(millis: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(millis, task) {
    const timer = setTimeout(task, millis);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `millis`. */
export function pause(clock: Clock, millis: number): Promise<void> {
  return new Promise((resolve) => void clock.after(millis, resolve));
}

/**
 * Does a task again and again, so many milliseconds apart, until `end` is settled; one that is under way then is finished, and
 * `isOver` tells it. Rejects with what the task rejects with, never with what `end` does.
 */
export async function repeatUntil(
  end: Promise<unknown>,
  { clock, millis }: { readonly clock: Clock; readonly millis: number },
  task: (isOver: () => boolean) => Promise<void>,
): Promise<void> {
  let isOver = false;
  const settle = (): void => {
    isOver = true;
  };
  const over = end.then(settle, settle);
  while (!isOver) {
    await task(() => isOver);
    await Promise.race([over, pause(clock, millis)]);
  }
}
