import type { Clock } from '../../server/clock.ts';

/** A clock that stands until it is moved; `advance` runs what is due, in order, and what that schedules. */
export interface HandClock extends Clock {
  advance(millis: number): void;
}

export function createHandClock(start = 1_000_000): HandClock {
  let now = start;
  const tasks = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    after(millis, run) {
      const task = { at: now + millis, run };
      tasks.add(task);
      return () => tasks.delete(task);
    },
    advance(millis) {
      const end = now + millis;
      for (;;) {
        const [next] = [...tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        tasks.delete(next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}
