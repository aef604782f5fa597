import type { SaveView } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Comparison } from './graph-sources.ts';
import type { Notices } from './notices.ts';
import { createStore, type ReadStore } from './store.ts';

export type HistoryState = {
  /** Newest first. */
  saves: readonly SaveView[];
  /** Ids of the saves picked for comparison, at most two. */
  picked: readonly string[];
};

export type HistoryStore = {
  store: ReadStore<HistoryState>;
  load(): Promise<void>;
  /** The current save as the lab shows it now, which is newer than the list. */
  notice(save: SaveView): void;
  pick(id: string): void;
  clear(): void;
  /** Two saves picked: the older is `before`. */
  comparison(): Comparison | null;
  /** True when the workspace is back at that save. */
  restore(id: string): Promise<boolean>;
};

export function createHistoryStore(
  api: Pick<Api, 'listSaves' | 'restoreSave'>,
  notices: Pick<Notices, 'attempt'>,
): HistoryStore {
  const store = createStore<HistoryState>({ saves: [], picked: [] });
  return {
    store,
    async load() {
      const answer = await notices.attempt('Load the history', () => api.listSaves());
      if (!answer) return;
      const saves = [...answer.saves].sort((a, b) => b.atMillis - a.atMillis);
      const known = new Set(saves.map((save) => save.id));
      store.set({ saves, picked: store.get().picked.filter((id) => known.has(id)) });
    },
    notice(save) {
      const { saves } = store.get();
      const known = saves.find(({ id }) => id === save.id);
      if (!known) return;
      // An exercise that is opened again has no twin running; the save's profiles are still there to compare.
      const current = { ...save, twin: save.twin ?? known.twin };
      store.patch({ saves: saves.map((one) => (one.id === save.id ? current : one)) });
    },
    pick(id) {
      const { picked } = store.get();
      store.patch({ picked: picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id].slice(-2) });
    },
    clear: () => store.patch({ picked: [] }),
    comparison() {
      const { saves, picked } = store.get();
      const [after, before] = saves.filter((save) => picked.includes(save.id));
      return before && after ? { before, after } : null;
    },
    async restore(id) {
      const done = await notices.attempt('Go back to that save', async () => {
        await api.restoreSave(id);
        return true;
      });
      return done ?? false;
    },
  };
}
