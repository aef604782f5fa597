import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { createTurns } from '../turns.ts';
import type { TraceLimits } from './limits.ts';
import type { Viewer } from './ports.ts';

interface Open {
  readonly viewer: Viewer;
  openedMillis: number;
  stopTimer: () => void;
}

export interface ViewersParts {
  readonly clock: Clock;
  readonly limits: Pick<TraceLimits, 'viewers' | 'viewerMillis'>;
  /** An abort ends what was started, and rejects. */
  start(id: string, signal: AbortSignal): Promise<Viewer>;
}

/** Go's own viewers, a few at a time: one of a trace that is open already is used again, the least recently opened makes way. */
export function createViewers({ clock, limits, start }: ViewersParts) {
  const open = new Map<string, Open>();
  const starting = new Map<string, { readonly url: Promise<string>; readonly cancel: AbortController }>();
  const inTurn = createTurns();
  const end = async (id: string): Promise<void> => {
    const begun = starting.get(id);
    if (begun) {
      begun.cancel.abort();
      await begun.url.catch(() => undefined);
    }
    const one = open.get(id);
    if (!one) return;
    open.delete(id);
    one.stopTimer();
    await one.viewer.end();
  };
  const use = (id: string, one: Open): string => {
    one.stopTimer();
    one.openedMillis = clock.now();
    one.stopTimer = clock.after(limits.viewerMillis, () => void end(id));
    return one.viewer.url;
  };
  const begin = async (id: string, signal: AbortSignal): Promise<string> => {
    if (signal.aborted) throw new AppError('not-found', 'The trace was removed, or the lab stops.');
    const leastRecent = [...open].sort(([, a], [, b]) => a.openedMillis - b.openedMillis);
    const tooMany = Math.max(0, open.size + 1 - limits.viewers);
    await Promise.all(leastRecent.slice(0, tooMany).map(([other]) => end(other)));
    const viewer = await start(id, signal);
    const one = { viewer, openedMillis: clock.now(), stopTimer: () => {} };
    open.set(id, one);
    void viewer.ended.then(() => {
      if (open.get(id) !== one) return;
      open.delete(id);
      one.stopTimer();
    });
    return use(id, one);
  };
  return {
    /** The address of a viewer of this trace. */
    async open(id: string): Promise<string> {
      const known = open.get(id);
      if (known) return use(id, known);
      const begun = starting.get(id);
      if (begun) return begun.url;
      const cancel = new AbortController();
      const url = inTurn(() => begin(id, cancel.signal)).finally(() => starting.delete(id));
      starting.set(id, { url, cancel });
      return url;
    },
    end,
    async close(): Promise<void> {
      await Promise.all([...starting.keys()].map(end));
      await Promise.all([...open.keys()].map(end));
    },
  };
}
