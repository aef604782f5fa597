import type { FlameGraph, ServerMessage } from '../../protocol/index.ts';
import type { Api, GraphQuery } from '../connection/index.ts';
import { type GraphSource, type GraphSources, sameSources } from './graph-sources.ts';
import { type ProfileViewId, profileView } from './profile-views.ts';
import { createRefresher } from './refresher.ts';
import { createStore, type ReadStore } from './store.ts';
import type { Timers } from './timers.ts';

export type ProfilesState = {
  view: ProfileViewId;
  /** Which of the two trees the panel shows; `difference` needs both. */
  side: 'before' | 'after' | 'difference';
  sources: GraphSources;
  /** Frames of the HTTP server and of the lab's own chassis: a dozen rows under every request that nobody here can change. */
  plumbing: 'hidden' | 'shown';
  /** The newest trees. While a new source has no window yet, the old source's tree stays, so that the picture can morph. */
  before: FlameGraph | null;
  after: FlameGraph | null;
  /** `loading`: no answer yet. `waiting`: answered, but the source has no window yet. */
  status: 'idle' | 'loading' | 'waiting' | 'ready' | 'failed';
  problem: string | null;
  /** Why the newest window of the shown instance is missing or short. */
  gap: string | null;
};

export type ProfilesStore = {
  store: ReadStore<ProfilesState>;
  setView(view: ProfileViewId): void;
  setPlumbing(plumbing: ProfilesState['plumbing']): void;
  setSide(side: ProfilesState['side']): void;
  setSources(sources: GraphSources): void;
  noticeWindow(window: ServerMessage<'profile:collected'>): void;
  /** What `go tool pprof` and the key route need to see the same profiles. */
  query(): GraphQuery | null;
  /** The same for both sides. */
  sides(): { before: GraphQuery | null; after: GraphQuery | null };
  /** Forgets what is drawn and asks again, e.g. after a restart of the lab. */
  startOver(): void;
};

/** RE2: frames of the HTTP server and of the lab's own chassis. */
export const PLUMBING = '^(net/http|bazaar/internal/serve|runtime/pprof)\\.';

/** Live pictures show the last minute; a snapshot kind shows the mean of the last few. */
const LIVE_MILLIS = 60_000;
const SNAPSHOT_MILLIS = 12_000;

export function createProfilesStore(api: Pick<Api, 'readFlameGraph'>, timers: Timers): ProfilesStore {
  const store = createStore<ProfilesState>({
    view: 'cpu',
    side: 'after',
    plumbing: 'hidden',
    sources: { subject: null, before: null, after: null },
    before: null,
    after: null,
    status: 'idle',
    problem: null,
    gap: null,
  });
  const queryOf = (source: GraphSource): GraphQuery => {
    const { kind, type, snapshot } = profileView(store.get().view);
    const recent = timers.now() - (snapshot ? SNAPSHOT_MILLIS : LIVE_MILLIS);
    const from = Math.floor(snapshot ? recent : (source.fromMillis ?? recent));
    const hide = store.get().plumbing === 'hidden' ? PLUMBING : undefined;
    return { kind, type, instance: source.instance, from, hide };
  };
  const read = async (source: GraphSource | null, signal: AbortSignal): Promise<FlameGraph | null> => {
    if (!source) return null;
    try {
      const graph = await api.readFlameGraph(queryOf(source), signal);
      if (graph.window.profiles === 0) return null;
      return profileView(store.get().view).snapshot ? meanOfSnapshots(graph) : graph;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'no-data') return null;
      throw error;
    }
  };
  const refresher = createRefresher(async (signal) => {
    const { sources } = store.get();
    try {
      const [before, after] = await Promise.all([read(sources.before, signal), read(sources.after, signal)]);
      if (signal.aborted) return;
      store.patch({
        before: before ?? (sources.before ? store.get().before : null),
        after: after ?? store.get().after,
        status: after || before ? 'ready' : 'waiting',
        problem: null,
      });
    } catch (error) {
      if (signal.aborted) return;
      store.patch({ status: 'failed', problem: error instanceof Error ? error.message : String(error) });
    }
  }, timers);
  const empty = { before: null, after: null };
  const ask = (patch: Partial<ProfilesState>) => {
    store.patch({ ...patch, problem: null, gap: null });
    const { sources } = store.get();
    const any = sources.before !== null || sources.after !== null;
    store.patch({ status: any ? 'loading' : 'idle' });
    if (any) refresher.restart();
    else refresher.stop();
  };

  return {
    store,
    setView: (view) => {
      if (view !== store.get().view) ask({ ...empty, view });
    },
    setPlumbing: (plumbing) => ask({ plumbing }),
    setSide: (side) => store.patch({ side }),
    setSources(sources) {
      const known = store.get().sources;
      if (sameSources(sources, known)) return;
      const start = sources.subject === known.subject ? {} : empty;
      ask({ ...start, sources, side: sources.before ? store.get().side : 'after' });
    },
    noticeWindow({ instance, kind, gap }) {
      const { view, sources } = store.get();
      const shown = instance === sources.before?.instance || instance === sources.after?.instance;
      if (!shown || kind !== profileView(view).kind) return;
      if (gap !== store.get().gap) store.patch({ gap });
      refresher.hint();
    },
    query() {
      const { sources, side } = store.get();
      const source = side === 'before' ? sources.before : sources.after;
      return source ? queryOf(source) : null;
    },
    sides() {
      const { before, after } = store.get().sources;
      return { before: before && queryOf(before), after: after && queryOf(after) };
    },
    startOver: () => ask(empty),
  };
}

/** Stored windows are summed; of snapshots (live heap, goroutines) a sum means nothing, so two of them are halved. */
export function meanOfSnapshots(graph: FlameGraph): FlameGraph {
  const { profiles } = graph.window;
  if (profiles < 2) return graph;
  const mean = (value: number) => value / profiles;
  const { nodes, trimmed } = graph;
  return {
    ...graph,
    total: mean(graph.total),
    nodes: { ...nodes, total: nodes.total.map(mean), self: nodes.self.map(mean) },
    trimmed: { ...trimmed, value: mean(trimmed.value) },
  };
}
