import type { Timers } from './timers.ts';

export type Refresher = {
  /** There is something newer of the same question: asked at most once per `everyMillis`, never twice at a time. */
  hint(): void;
  /** Another question: what runs is aborted and forgotten, the new one is asked at once. */
  restart(): void;
  stop(): void;
};

/**
 * Runs `ask` again when hinted. Hints while an answer is under way wait for it, so a slow lab is asked less often, not more.
 *
 *     hint → ask ─────────┐ hint hint      → ask (once)
 *     restart → abort it ─┴→ ask
 */
export function createRefresher(
  ask: (signal: AbortSignal) => Promise<void>,
  timers: Timers,
  everyMillis = 100,
): Refresher {
  let running: AbortController | null = null;
  let wanted = false;
  let lastStart = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;

  const start = async () => {
    const own = new AbortController();
    running = own;
    wanted = false;
    lastStart = timers.now();
    await ask(own.signal).catch(() => undefined);
    if (running !== own) return;
    running = null;
    if (wanted) schedule();
  };
  const schedule = () => {
    if (cancel) return;
    const wait = Math.max(0, lastStart + everyMillis - timers.now());
    cancel = timers.after(wait, () => {
      cancel = null;
      void start();
    });
  };
  const stop = () => {
    cancel?.();
    cancel = null;
    running?.abort();
    running = null;
    wanted = false;
  };
  return {
    hint() {
      wanted = true;
      if (!running) schedule();
    },
    restart() {
      stop();
      void start();
    },
    stop,
  };
}
