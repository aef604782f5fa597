import type { Clock } from '../clock.ts';

export interface Coalescer<T> {
  /** Sends now, or as soon as `gapMillis` have passed since the last one: then the newest value, and only that. */
  offer(value: T): void;
  close(): void;
}

/**
 *     offered:   a . b c . . . . d          gap of 4 ticks
 *     sent:      a . . . c . . . d
 */
export function createCoalescer<T>(clock: Clock, gapMillis: number, send: (value: T) => void): Coalescer<T> {
  let waiting: { readonly value: T } | null = null;
  let cancel: (() => void) | null = null;
  const open = () => {
    cancel = null;
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    cancel = clock.after(gapMillis, open);
    send(value);
  };
  return {
    offer(value) {
      waiting = { value };
      if (cancel === null) open();
    },
    close() {
      cancel?.();
      cancel = () => {};
      waiting = null;
    },
  };
}
