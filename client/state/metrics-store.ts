import type { METRIC_NAMES, ServerMessage } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import { createStore, type ReadStore } from './store.ts';
import type { Timers } from './timers.ts';

type StripMetric = { name: (typeof METRIC_NAMES)[number]; title: string; unit: string };

/** The strip beside the graph, in this order. */
export const STRIP_METRICS = [
  { name: 'requests_per_second', title: 'Requests', unit: '/s' },
  { name: 'latency_p99_seconds', title: 'p99', unit: 'seconds' },
  { name: 'heap_live_bytes', title: 'Heap', unit: 'bytes' },
  { name: 'goroutines', title: 'Goroutines', unit: 'count' },
  { name: 'gc_cpu_share', title: 'GC of CPU', unit: 'share' },
] as const satisfies readonly StripMetric[];

/** What slides may show. `cpu_cores`: CPU seconds a second; the service's own p99 counts from when a request came in. */
export const SLIDE_METRICS: readonly StripMetric[] = [
  ...STRIP_METRICS,
  { name: 'cpu_cores', title: 'CPU', unit: 'cores' },
  { name: 'service_time_p99_seconds', title: 'p99 inside', unit: 'seconds' },
];

export type MetricPoint = readonly [millis: number, value: number];
/** Metric name → its points, oldest first, of the last KEPT_MILLIS. */
export type MetricPoints = Readonly<Record<string, readonly MetricPoint[]>>;
/** Instance → its points; only of the instances that are shown. */
export type MetricsState = { points: Readonly<Record<string, MetricPoints>> };

export type MetricsStore = {
  store: ReadStore<MetricsState>;
  /** Which instances are shown: what is stored of a new one is fetched, then it goes on live; others are forgotten. */
  follow(instances: readonly string[]): void;
  notice(message: ServerMessage<'metrics:collected'>): void;
  startOver(): void;
};

/** The same span for all, however many points a second a metric has; MOST_POINTS is never reached by an honest clock. */
const KEPT_MILLIS = 120_000;
const MOST_POINTS = 5_000;

/** `metrics`: those whose stored points are fetched. */
export function createMetricsStore(
  api: Pick<Api, 'readMetric'>,
  timers: Timers,
  metrics: readonly StripMetric[] = STRIP_METRICS,
): MetricsStore {
  const store = createStore<MetricsState>({ points: {} });
  const fills = new Map<string, AbortController>();

  const add = (instance: string, name: string, join: (known: readonly MetricPoint[]) => readonly MetricPoint[]) => {
    const ofInstance = store.get().points[instance];
    if (!ofInstance) return;
    const next = { ...ofInstance, [name]: join(ofInstance[name] ?? []) };
    store.patch({ points: { ...store.get().points, [instance]: recentPoints(next) } });
  };
  const fill = async (instance: string, name: string, signal: AbortSignal) => {
    const table = await api.readMetric(name, instance, timers.now() - KEPT_MILLIS, signal);
    const stored = table.series[0]?.points ?? [];
    if (!signal.aborted) add(instance, name, (live) => joinPoints(stored, live));
  };
  const start = (instance: string) => {
    const filling = new AbortController();
    fills.set(instance, filling);
    // Without stored points the strip simply starts with the next live one.
    for (const { name } of metrics) fill(instance, name, filling.signal).catch(() => undefined);
  };
  const follow = (instances: readonly string[]) => {
    const known = store.get().points;
    const gone = Object.keys(known).filter((instance) => !instances.includes(instance));
    const fresh = instances.filter((instance) => known[instance] === undefined);
    if (gone.length + fresh.length === 0) return;
    for (const instance of gone) {
      fills.get(instance)?.abort();
      fills.delete(instance);
    }
    store.set({ points: Object.fromEntries(instances.map((instance) => [instance, known[instance] ?? {}])) });
    for (const instance of fresh) start(instance);
  };

  return {
    store,
    follow,
    notice({ instance, atMillis, values }) {
      for (const [name, value] of Object.entries(values)) {
        add(instance, name, (known) => joinPoints(known, [[atMillis, value]]));
      }
    },
    startOver() {
      const instances = Object.keys(store.get().points);
      follow([]);
      follow(instances);
    },
  };
}

/** Two runs of points in time order, overlapping ones once: `[1 2 3] + [3 4] → [1 2 3 4]`. */
export function joinPoints(older: readonly MetricPoint[], newer: readonly MetricPoint[]): readonly MetricPoint[] {
  const first = newer[0]?.[0] ?? Number.POSITIVE_INFINITY;
  return [...older.filter(([millis]) => millis < first), ...newer];
}

/** What lies within KEPT_MILLIS of the newest point of any metric: a strip of many points reaches as far back as one of few. */
export function recentPoints(points: MetricPoints): MetricPoints {
  const newest = Math.max(...Object.values(points).map((ofMetric) => ofMetric.at(-1)?.[0] ?? 0));
  const first = newest - KEPT_MILLIS;
  const cut = (ofMetric: readonly MetricPoint[]) =>
    (ofMetric[0]?.[0] ?? first) >= first && ofMetric.length <= MOST_POINTS
      ? ofMetric
      : ofMetric.filter(([millis]) => millis >= first).slice(-MOST_POINTS);
  return Object.fromEntries(Object.entries(points).map(([name, ofMetric]) => [name, cut(ofMetric)]));
}
