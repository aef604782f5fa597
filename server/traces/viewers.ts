import type { Clock } from '../clock.ts';
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
  start(id: string): Promise<Viewer>;
}

/** Go's own viewers, a few at a time: one of a trace that is open already is used again, the least recently opened makes way. */
export function createViewers({ clock, limits, start }: ViewersParts) {
  const open = new Map<string, Open>();
  const starting = new Map<string, Promise<string>>();
  const end = async (id: string): Promise<void> => {
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
  const begin = async (id: string): Promise<string> => {
    const leastRecent = [...open].sort(([, a], [, b]) => a.openedMillis - b.openedMillis);
    const tooMany = Math.max(0, open.size + starting.size + 1 - limits.viewers);
    await Promise.all(leastRecent.slice(0, tooMany).map(([other]) => end(other)));
    const viewer = await start(id);
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
      const under = starting.get(id) ?? begin(id).finally(() => starting.delete(id));
      starting.set(id, under);
      return under;
    },
    end,
    async close(): Promise<void> {
      await Promise.allSettled([...starting.values()]);
      await Promise.all([...open.keys()].map(end));
    },
  };
}
