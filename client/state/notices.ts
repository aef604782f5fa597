import { createStore, type ReadStore } from './store.ts';
import { browserTimers, type Timers } from './timers.ts';

export type Notice = { id: number; tone: 'info' | 'problem'; text: string };

export type Notices = {
  store: ReadStore<{ notices: readonly Notice[] }>;
  tell(text: string): void;
  problem(text: string): void;
  dismiss(id: number): void;
  /** Runs an action whose failure the learner must read; returns undefined then. */
  attempt<T>(what: string, action: () => Promise<T>): Promise<T | undefined>;
};

const KEPT = 4;

const INFO_MILLIS = 10_000;

/** Short messages at the edge of the page. A problem stays until dismissed, other news for a while; a fifth ends the oldest. */
export function createNotices(timers: Timers = browserTimers): Notices {
  const store = createStore<{ notices: readonly Notice[] }>({ notices: [] });
  let last = 0;
  const add = (tone: Notice['tone'], text: string) => {
    const others = store.get().notices.filter((notice) => notice.text !== text);
    last += 1;
    store.set({ notices: [...others, { id: last, tone, text }].slice(-KEPT) });
  };
  const dismiss = (id: number) => store.set({ notices: store.get().notices.filter((notice) => notice.id !== id) });
  const problem = (text: string) => add('problem', text);
  return {
    store,
    tell(text) {
      add('info', text);
      const id = last;
      timers.after(INFO_MILLIS, () => dismiss(id));
    },
    problem,
    dismiss,
    async attempt(what, action) {
      try {
        return await action();
      } catch (error) {
        problem(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    },
  };
}
