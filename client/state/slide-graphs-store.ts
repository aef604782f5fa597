import type { FlameGraph, ServerMessage, SlideWidget } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import { DEFAULT_QUERY, searchOfQuery } from './explore-query.ts';
import { isSnapshotKind, liveRange } from './explore-windows.ts';
import { type Failure, failureFrom } from './failure.ts';
import { type ProfileView, profileView, viewOfKind } from './profile-views.ts';
import { meanOfSnapshots, PLUMBING } from './profiles-store.ts';
import { createRefresher, type Refresher } from './refresher.ts';
import { selectorOf } from './selector-text.ts';
import { createStore, type ReadStore } from './store.ts';
import type { Timers } from './timers.ts';

export type GraphWidget = Extract<SlideWidget, { widget: 'flame-graph' }>;

export interface SlideGraph {
  readonly graph: FlameGraph | null;
  /** `live`: of the last minutes; `stored`: nothing is that new, so of all that is stored. */
  readonly age: 'live' | 'stored';
  /** Why there is none: code `no-data` when nothing was collected yet. */
  readonly failure: Failure | null;
}

export type SlideGraphsStore = {
  store: ReadStore<{ graphs: Readonly<Record<string, SlideGraph>> }>;
  /** Keeps a widget's graph up to date until the returned function is called. */
  follow(widget: GraphWidget): () => void;
  noticeWindow(window: ServerMessage<'profile:collected'>): void;
  startOver(): void;
};

/** A service that nobody works on is profiled for one second of ten: fewer minutes would be a handful of samples. */
const SPAN = '5m';
const EVERY_MILLIS = 2_000;

export const keyOfGraph = ({ service, kind, type = '', focus = '' }: GraphWidget): string =>
  [service, kind, type, focus].join(' ');

/** The newest profiles of a service, for the flame graphs of slides. */
export function createSlideGraphsStore(api: Pick<Api, 'readTree'>, timers: Timers): SlideGraphsStore {
  const store = createStore<{ graphs: Readonly<Record<string, SlideGraph>> }>({ graphs: {} });
  const running = new Map<string, { kind: string; refresher: Refresher; users: number }>();
  const put = (key: string, graph: SlideGraph) => store.set({ graphs: { ...store.get().graphs, [key]: graph } });

  const ask = async (widget: GraphWidget, signal: AbortSignal) => {
    const key = keyOfGraph(widget);
    const read = async (age: SlideGraph['age']): Promise<SlideGraph> => {
      const range = age === 'live' ? liveRange(SPAN, timers.now()) : { from: null, to: null };
      const graph = await api.readTree({ ...questionOf(widget), ...range, ignore: null, by: null }, signal);
      return { graph: isSnapshotKind(widget.kind) ? meanOfSnapshots(graph) : graph, age, failure: null };
    };
    const isNoData = (error: unknown) => failureFrom(error).code === 'no-data';
    try {
      const live = read('live').catch((error: unknown) => (isNoData(error) ? read('stored') : Promise.reject(error)));
      const answer = await live;
      if (!signal.aborted) put(key, answer);
    } catch (error) {
      const known = store.get().graphs[key]?.graph ?? null;
      if (!signal.aborted)
        put(key, { graph: isNoData(error) ? null : known, age: 'live', failure: failureFrom(error) });
    }
  };

  return {
    store,
    follow(widget) {
      const key = keyOfGraph(widget);
      const known = running.get(key);
      const refresher = known?.refresher ?? createRefresher((signal) => ask(widget, signal), timers, EVERY_MILLIS);
      const entry = known ?? { kind: widget.kind, refresher, users: 0 };
      entry.users += 1;
      running.set(key, entry);
      if (!known) refresher.restart();
      return () => {
        entry.users -= 1;
        if (entry.users > 0) return;
        refresher.stop();
        running.delete(key);
      };
    },
    noticeWindow({ kind }) {
      for (const entry of running.values()) if (entry.kind === kind) entry.refresher.hint();
    },
    startOver() {
      for (const { refresher } of running.values()) refresher.restart();
    },
  };
}

/** How the lab's own switch calls what the widget shows. */
export function viewOfGraph({ kind, type }: GraphWidget): ProfileView | null {
  const id = viewOfKind(kind, type ?? '');
  return id === undefined ? null : profileView(id);
}

/** The same profiles on the Explore page. */
export function exploreSearchOf(widget: GraphWidget): string {
  return searchOfQuery({ ...DEFAULT_QUERY, ...questionOf(widget), live: SPAN, search: widget.search ?? '' });
}

function questionOf(widget: GraphWidget) {
  const { kind, service, focus } = widget;
  return {
    kind,
    type: widget.type ?? viewOfGraph(widget)?.type ?? null,
    match: selectorOf([{ label: 'service', op: '=', value: service }]),
    focus: focus === undefined ? null : `^${quoted(focus)}$`,
    hide: PLUMBING,
  };
}

/** Plain text as a pattern of RE2. */
const quoted = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
