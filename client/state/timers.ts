/** Time as the stores need it; a test hands in one that it moves itself. */
export type Timers = {
  now(): number;
  /** Runs once; returns what cancels it. */
  after(millis: number, run: () => void): () => void;
};

export const browserTimers: Timers = {
  now: () => Date.now(),
  after(millis, run) {
    const id = setTimeout(run, millis);
    return () => clearTimeout(id);
  },
};
