import { createStore, type ReadStore } from './store.ts';

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

/** Short messages at the edge of the page. A problem stays until dismissed; the oldest gives way to the fifth. */
export function createNotices(): Notices {
  const store = createStore<{ notices: readonly Notice[] }>({ notices: [] });
  let last = 0;
  const add = (tone: Notice['tone'], text: string) => {
    const others = store.get().notices.filter((notice) => notice.text !== text);
    last += 1;
    store.set({ notices: [...others, { id: last, tone, text }].slice(-KEPT) });
  };
  const problem = (text: string) => add('problem', text);
  return {
    store,
    tell: (text) => add('info', text),
    problem,
    dismiss: (id) => store.set({ notices: store.get().notices.filter((notice) => notice.id !== id) }),
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
