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
