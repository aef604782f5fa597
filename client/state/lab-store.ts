import type { LabState, RunView, SaveView, TwinView } from '../../protocol/index.ts';
import { createStore, type ReadStore } from './store.ts';

export type LabView = {
  /** The newest state, also while the connection is down: the page keeps showing what it last knew. */
  lab: LabState | null;
  /** The newest twin of the exercise in focus: it stays on screen while a later save is on its way, or failed. */
  twin: TwinView | null;
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
  const store = createStore<LabView>({ lab: null, twin: null, connection: 'connecting', outdated: false });
  return {
    store,
    receive(next) {
      const known = store.get().lab;
      const same = known === null || known.server === next.server;
      if (same && known !== null && next.revision <= known.revision) return 'stale';
      store.patch({ lab: next, twin: lastTwin(same ? store.get() : null, next) });
      return same ? 'newer' : 'restarted';
    },
    setConnection: (connection) => store.patch({ connection }),
    setOutdated: () => store.patch({ outdated: true }),
  };
}

function lastTwin(before: LabView | null, { save, exercise }: LabState): TwinView | null {
  if (save === null || save.exercise !== exercise) return null;
  return save.twin ?? (before?.lab?.exercise === exercise ? before.twin : null);
}

/** While the lab is still looking for Go, nothing is missing. */
export function isGoMissing(go: LabState['go'] | undefined): boolean {
  return go !== undefined && !go.ok && !(go.message ?? '').endsWith('…');
}

/** The instance that the exercise starts from: one of its own if it brings other files, else the fleet's. */
export function baselineRunOf(lab: LabState | null, exercise: { slug: string; service: string } | null) {
  const own = lab?.fleet.runs.find((run) => run.instance === `${exercise?.slug}-baseline` && run.state === 'up');
  return own ?? fleetRunOf(lab, exercise?.service);
}

/** The fleet's own instance of a service: the one that answers, else one on its way, else any. */
export function fleetRunOf(lab: LabState | null, service: string | undefined): RunView | undefined {
  const runs = lab?.fleet.runs.filter((run) => run.role === 'fleet' && run.service === service) ?? [];
  return runs.find((run) => run.state === 'up') ?? runs.find((run) => run.state === 'starting') ?? runs[0];
}

/** Whose profiles and metrics stand for a service; a process that another service has beside it is collected as `NAME-1`, too. */
export function instanceOfService(lab: LabState | null, service: string): string | undefined {
  const isSupport = lab?.fleet.runs.some((run) => run.role === 'support' && run.service === service) ?? false;
  return fleetRunOf(lab, service)?.instance ?? (isSupport ? `${service}-1` : undefined);
}

/** The current save, if it belongs to the exercise on screen. */
export function saveOfExercise(lab: LabState | null, slug: string | undefined): SaveView | null {
  return lab?.save && lab.save.exercise === slug ? lab.save : null;
}
