import type { LabState, RunView, SaveView } from '../../protocol/index.ts';
import { createStore, type ReadStore } from './store.ts';

export type LabView = {
  /** The newest state, also while the connection is down: the page keeps showing what it last knew. */
  lab: LabState | null;
  connection: 'connecting' | 'live' | 'lost' | 'refused';
  /** The server speaks another protocol, and reloading the page did not help. */
  outdated: boolean;
};

export type LabStore = {
  store: ReadStore<LabView>;
  /** `stale` = dropped. `restarted` = another server process: terminals, tasks and live windows of the old one are gone. */
  receive(next: LabState): 'newer' | 'stale' | 'restarted';
  setConnection(connection: LabView['connection']): void;
  setOutdated(): void;
};

/**
 * The lab's small state, whole. Revisions grow within one server process and start anew with the next:
 *
 *     server A rev 7 → A rev 6: stale    A rev 8: newer    B rev 1: restarted
 */
export function createLabStore(): LabStore {
  const store = createStore<LabView>({ lab: null, connection: 'connecting', outdated: false });
  return {
    store,
    receive(next) {
      const known = store.get().lab;
      const same = known === null || known.server === next.server;
      if (same && known !== null && next.revision <= known.revision) return 'stale';
      store.patch({ lab: next });
      return same ? 'newer' : 'restarted';
    },
    setConnection: (connection) => store.patch({ connection }),
    setOutdated: () => store.patch({ outdated: true }),
  };
}

/** The fleet's own instance of a service: the one that answers, else one on its way, else any. */
export function fleetRunOf(lab: LabState | null, service: string | undefined): RunView | undefined {
  const runs = lab?.fleet.runs.filter((run) => run.role === 'fleet' && run.service === service) ?? [];
  return runs.find((run) => run.state === 'up') ?? runs.find((run) => run.state === 'starting') ?? runs[0];
}

/** The current save, if it belongs to the exercise on screen. */
export function saveOfExercise(lab: LabState | null, slug: string | undefined): SaveView | null {
  return lab?.save && lab.save.exercise === slug ? lab.save : null;
}
