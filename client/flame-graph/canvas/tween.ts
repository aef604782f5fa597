import { easeCubicOut } from 'd3-ease';

/**
 * Time from 0 to 1. Eased out only: a live picture is interrupted up to ten times a second, and a slow start would make it
 * stand still for ever.
 */
export interface Tween {
  /** Its clock starts with the first look at it, so that a slow layout before it doesn't eat its time. */
  start(millis: number): void;
  /** Eased, 0..1; 1 when nothing runs. */
  at(now: number): number;
  running(now: number): boolean;
}

export function createTween(): Tween {
  let started: number | null = null;
  let millis = 0;
  const share = (now: number) => {
    started ??= now;
    return millis <= 0 ? 1 : Math.min(1, Math.max(0, (now - started) / millis));
  };
  return {
    start(duration) {
      started = null;
      millis = duration;
    },
    at: (now) => easeCubicOut(share(now)),
    running: (now) => share(now) < 1,
  };
}
