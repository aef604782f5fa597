import { easeCubicOut } from 'd3-ease';

/**
 * Time from 0 to 1. Eased out only: a live picture is interrupted up to ten times a second, and a slow start would make it
 * stand still for ever.
 */
export interface Tween {
  start(now: number, millis: number): void;
  /** Eased, 0..1; 1 when nothing runs. */
  at(now: number): number;
  running(now: number): boolean;
}

export function createTween(): Tween {
  let started = 0;
  let millis = 0;
  const share = (now: number) => (millis <= 0 ? 1 : Math.min(1, Math.max(0, (now - started) / millis)));
  return {
    start(now, duration) {
      started = now;
      millis = duration;
    },
    at: (now) => easeCubicOut(share(now)),
    running: (now) => share(now) < 1,
  };
}
