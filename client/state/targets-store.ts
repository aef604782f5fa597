import type { Target } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import { createStore, type ReadStore } from './store.ts';
import type { Timers } from './timers.ts';

export type TargetsStore = {
  store: ReadStore<{ targets: readonly Target[] | null }>;
  /** Reads now and again every few seconds, until stopped: health has no event of its own. */
  watch(): () => void;
};

const EVERY_MILLIS = 3_000;

export function createTargetsStore(api: Pick<Api, 'readTargets'>, timers: Timers): TargetsStore {
  const store = createStore<{ targets: readonly Target[] | null }>({ targets: null });
  return {
    store,
    watch() {
      let cancel = () => {};
      let stopped = false;
      const read = async () => {
        // While the lab is away the banner says so; the last known list stays.
        const answer = await api.readTargets().catch(() => undefined);
        if (stopped) return;
        if (answer) store.set(answer);
        cancel = timers.after(EVERY_MILLIS, () => void read());
      };
      void read();
      return () => {
        stopped = true;
        cancel();
      };
    },
  };
}
