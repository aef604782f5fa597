import type { LoadLine } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Notices } from './notices.ts';
import { createStore, type ReadStore } from './store.ts';

export type OneAnswer = Extract<LoadLine, { event: 'one' }>;
export type LoadState = {
  /** What the learner has set and the lab has not confirmed yet, so that the slider doesn't jump back. */
  wantedRate: number | null;
  sending: boolean;
  answers: readonly OneAnswer[];
};

export type LoadStore = {
  store: ReadStore<LoadState>;
  setRate(rate: number): void;
  burst(requests: number): Promise<void>;
  setPaused(paused: boolean): Promise<void>;
  sendOne(): Promise<void>;
  pauseAll(paused: boolean): Promise<void>;
};

/** Traffic and fleet controls. A slider sends only its newest value: one call at a time, the last one wins. */
export function createLoadStore(
  api: Pick<Api, 'driveLoad' | 'pauseFleet'>,
  notices: Pick<Notices, 'attempt'>,
): LoadStore {
  const store = createStore<LoadState>({ wantedRate: null, sending: false, answers: [] });
  let busy = false;
  const pushRate = async () => {
    if (busy) return;
    busy = true;
    for (let sent: number | null = null; store.get().wantedRate !== sent; ) {
      sent = store.get().wantedRate;
      if (sent === null) break;
      const value = sent;
      await notices.attempt('Set the rate', () => api.driveLoad({ do: 'rate', value }));
    }
    busy = false;
    store.patch({ wantedRate: null });
  };
  return {
    store,
    setRate(rate) {
      store.patch({ wantedRate: rate });
      void pushRate();
    },
    async burst(requests) {
      await notices.attempt('Send a burst', () => api.driveLoad({ do: 'burst', requests }));
    },
    async setPaused(paused) {
      await notices.attempt('Change the traffic', () => api.driveLoad({ do: paused ? 'pause' : 'resume' }));
    },
    async sendOne() {
      store.patch({ sending: true });
      const answers = await notices.attempt('Send one request', () => api.driveLoad({ do: 'one' }));
      store.patch({ sending: false, answers: answers ?? [] });
    },
    async pauseAll(paused) {
      await notices.attempt(paused ? 'Pause all' : 'Resume', () => api.pauseFleet({ do: paused ? 'pause' : 'resume' }));
    },
  };
}
