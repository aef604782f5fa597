import type { Target, Trace, TraceGraph, TraceList } from '../../protocol/index.ts';
import { exploreLink } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Notices } from './notices.ts';
import { readAgain } from './read-again.ts';
import { createStore, type ReadStore } from './store.ts';
import type { Timers } from './timers.ts';

/** What is under way. */
export type TraceTask =
  | { readonly do: 'record'; readonly instance: string; readonly seconds: number }
  | { readonly do: 'flight' | 'drive'; readonly instance: string }
  | { readonly do: 'draw'; readonly id: string; readonly graph: TraceGraph }
  | { readonly do: 'view' | 'download' | 'remove'; readonly id: string };

export type TracesState = {
  /** Null until the first answer. */
  list: TraceList | null;
  /** Whom a trace can be had of. */
  targets: readonly Pick<Target, 'name' | 'labels'>[];
  /** One at a time; null: none. */
  task: TraceTask | null;
  /** Addresses of Go's viewers that were started here, by trace. */
  viewers: Readonly<Record<string, string>>;
};

export type TracesStore = {
  store: ReadStore<TracesState>;
  /** Reads now and again every few seconds, until stopped. */
  watch(): () => void;
  record(instance: string, seconds: number): Promise<void>;
  keepFlight(instance: string): Promise<void>;
  driveRecorder(instance: string, on: boolean, slowMillis: number): Promise<void>;
  /** Path and query of the view that shows the graph; null: there is nothing to show, which a notice says. */
  draw(trace: Trace, graph: TraceGraph): Promise<string | null>;
  /** The address of Go's viewer; null: it didn't start, which a notice says. */
  view(trace: Trace): Promise<string | null>;
  download(trace: Trace): Promise<Blob | undefined>;
  remove(trace: Trace): Promise<void>;
};

type TracesApi = Pick<
  Api,
  | 'readTraces'
  | 'readTargets'
  | 'recordTrace'
  | 'driveRecorder'
  | 'downloadTrace'
  | 'drawTrace'
  | 'viewTrace'
  | 'removeTrace'
>;
const EVERY_MILLIS = 3_000;

const NOTHING: Readonly<Record<TraceGraph, string>> = {
  sync: 'Nobody waited for a lock, a channel or a wait group in this trace.',
  sched: 'Nobody waited for a processor in this trace.',
  net: 'Nobody waited for the network in this trace.',
  syscall: 'No system call blocked in this trace.',
};

export function createTracesStore(
  api: TracesApi,
  notices: Pick<Notices, 'attempt' | 'tell'>,
  timers: Timers,
): TracesStore {
  const store = createStore<TracesState>({ list: null, targets: [], task: null, viewers: {} });
  const read = async (isWanted = () => true) => {
    // While the lab is away the banner says so; the last known list stays.
    const [list, answer] = await Promise.all([
      api.readTraces().catch(() => undefined),
      api.readTargets().catch(() => undefined),
    ]);
    if (!isWanted()) return;
    if (list) store.patch({ list });
    if (answer) store.patch({ targets: answer.targets });
  };
  const run = async <T>(task: TraceTask, what: string, action: () => Promise<T>): Promise<T | undefined> => {
    store.patch({ task });
    const outcome = await notices.attempt(what, action);
    store.patch({ task: null });
    await read();
    return outcome;
  };
  return {
    store,
    watch: () => readAgain(read, EVERY_MILLIS, timers),
    async record(instance, seconds) {
      await run({ do: 'record', instance, seconds }, `Record a trace of ${instance}`, () =>
        api.recordTrace({ instance, kind: 'trace', seconds }),
      );
    },
    async keepFlight(instance) {
      await run({ do: 'flight', instance }, `Keep the last seconds of ${instance}`, () =>
        api.recordTrace({ instance, kind: 'flight' }),
      );
    },
    async driveRecorder(instance, on, slowMillis) {
      await run({ do: 'drive', instance }, `Switch the flight recorder of ${instance} ${on ? 'on' : 'off'}`, () =>
        api.driveRecorder({ instance, on, slowMillis }),
      );
    },
    async draw({ id }, graph) {
      const drawn = await run({ do: 'draw', id, graph }, `Draw the ${graph} graph`, () => api.drawTrace(id, graph));
      if (drawn === undefined) return null;
      if (drawn.samples > 0) return exploreLink(drawn);
      notices.tell(NOTHING[graph]);
      return null;
    },
    async view({ id }) {
      const viewer = await run({ do: 'view', id }, 'Open in go tool trace', () => api.viewTrace(id));
      if (viewer === undefined) return null;
      store.patch({ viewers: { ...store.get().viewers, [id]: viewer.url } });
      return viewer.url;
    },
    download: ({ id }) => run({ do: 'download', id }, 'Download the trace', () => api.downloadTrace(id)),
    async remove({ id }) {
      await run({ do: 'remove', id }, 'Remove the trace', () => api.removeTrace(id));
    },
  };
}
