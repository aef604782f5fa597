import type { SeriesTable, ServerMessage } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { ExploreQuery } from './explore-query.ts';
import type { ExploreStore } from './explore-store.ts';
import { axisOf, stepOf } from './explore-windows.ts';
import { type Failure, failureFrom } from './failure.ts';
import { createRefresher } from './refresher.ts';
import { matchersOf, selectorOf } from './selector-text.ts';
import { createStore, type ReadStore } from './store.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import type { Timers } from './timers.ts';

type Point = readonly [millis: number, value: number];

/** One service over time; a point stands at the start of its step. */
export interface TimelineService {
  readonly service: string;
  readonly points: readonly Point[];
  /** The first step of each version that another version came before: what was deployed, and when. */
  readonly deploys: readonly { readonly atMillis: number; readonly version: string }[];
}

export interface TimelineState {
  readonly axis: { readonly from: number; readonly to: number } | null;
  readonly stepMillis: number;
  readonly unit: string;
  readonly services: readonly TimelineService[];
  /** Where the profiles are, when the axis is as far as they are stored and most of it is empty. */
  readonly stretches: readonly Stretch[];
  /** Some value is beyond ±2^53, and at most that. */
  readonly saturated: boolean;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: Failure | null;
}

export interface TimelineStore {
  readonly store: ReadStore<TimelineState>;
  /** Follows the query of the Explore screen until stopped. */
  open(): () => void;
  noticeWindow(window: ServerMessage<'profile:collected'>): void;
  /** As far as profiles of the present kind are stored; null: there are none. */
  findExtent(): Promise<{ from: number; to: number } | null>;
}

const LIVE_MILLIS = 1_000;
const COARSE_MILLIS = 600_000;
const NOTHING: TimelineState = {
  axis: null,
  stepMillis: 1_000,
  unit: '',
  services: [],
  stretches: [],
  saturated: false,
  status: 'loading',
  failure: null,
};

/** Profiles over time, service by service, of the kind and the labels that the Explore screen is about. */
export function createTimelineStore(
  api: Pick<Api, 'readSeries'>,
  timers: Timers,
  explore: Pick<ExploreStore, 'store'>,
): TimelineStore {
  const store = createStore<TimelineState>(NOTHING);
  let isOpen = false;
  const readExtent = async (signal?: AbortSignal) => {
    const { kind, type, match } = explore.store.get().query;
    const search = { kind, type, match: acrossServices(match), from: null, to: null };
    const { series } = await api.readSeries({ ...search, stepMillis: COARSE_MILLIS, by: ['service'] }, signal);
    const found = series.map(({ labels, points }) => ({
      service: labels.service ?? '',
      times: points.map(([time]) => time),
    }));
    const times = found.flatMap((one) => one.times);
    if (times.length === 0) return null;
    const from = times.reduce((a, b) => Math.min(a, b));
    const to = times.reduce((a, b) => Math.max(a, b)) + COARSE_MILLIS;
    const axis = wholeSteps({ from, to: Math.max(from + 1, Math.min(to, timers.now())) });
    const stretches = stretchesOf(found, COARSE_MILLIS).map((one) => ({ ...one, to: Math.min(one.to, timers.now()) }));
    return { axis, stretches };
  };
  const ask = async (signal: AbortSignal) => {
    const { query } = explore.store.get();
    try {
      const fixed = axisOf(query, timers.now());
      const { axis, stretches } = fixed ? { axis: fixed, stretches: [] } : ((await readExtent(signal)) ?? NOTHING);
      if (axis === null) return store.patch({ ...NOTHING, status: 'ready' });
      const stepMillis = stepOf(axis);
      const { kind, type, match } = query;
      const search = { kind, type, match: acrossServices(match), ...axis, stepMillis, by: ['service', 'version'] };
      const table = await api.readSeries(search, signal);
      if (signal.aborted) return;
      const { unit, saturated = false } = table;
      store.set({
        axis,
        stepMillis,
        unit,
        services: servicesOf(table),
        stretches,
        saturated,
        status: 'ready',
        failure: null,
      });
    } catch (error) {
      if (!signal.aborted) store.patch({ services: [], status: 'failed', failure: failureFrom(error) });
    }
  };
  const refresher = createRefresher(ask, timers, LIVE_MILLIS);
  return {
    store,
    findExtent: async () => (await readExtent())?.axis ?? null,
    open() {
      isOpen = true;
      store.set(NOTHING);
      let question = '';
      const follow = () => {
        const next = questionOf(explore.store.get().query);
        if (next === question) return;
        question = next;
        refresher.restart();
      };
      follow();
      const stop = explore.store.subscribe(follow);
      return () => {
        isOpen = false;
        stop();
        refresher.stop();
      };
    },
    noticeWindow({ kind }) {
      const { query } = explore.store.get();
      if (isOpen && query.live !== null && kind === query.kind) refresher.hint();
    },
  };
}

/** As far as whole columns go: the first and the last are then as wide as the rest, and seen. */
function wholeSteps({ from, to }: { from: number; to: number }): { from: number; to: number } {
  const step = stepOf({ from, to });
  return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step };
}

function questionOf({ kind, type, match, from, to, b, live, axis }: ExploreQuery): string {
  return JSON.stringify([kind, type, acrossServices(match), live, axis ?? [from, to, b?.from, b?.to]]);
}

/** Without what picks one service or instance: the other services stay in sight, to be picked next. */
export function acrossServices(match: string): string {
  const matchers = matchersOf(match);
  if (matchers === null) return match;
  return selectorOf(matchers.filter(({ label, op }) => op !== '=' || !['service', 'instance'].includes(label)));
}

/**
 * Versions of a service added up; the first step of every version but the first is a deploy.
 *
 *     search v1  · 3 3 1         search    3 3 3 2
 *     search v2  · · · 2 2   →   deploys         v2
 */
export function servicesOf({ series }: SeriesTable): TimelineService[] {
  const services = new Map<string, { sums: Map<number, number>; firsts: Map<string, number> }>();
  for (const { labels, points } of series) {
    const name = labels.service ?? '';
    const service = services.get(name) ?? { sums: new Map(), firsts: new Map() };
    services.set(name, service);
    for (const [time, value] of points) service.sums.set(time, (service.sums.get(time) ?? 0) + value);
    const first = points[0]?.[0];
    if (labels.version && first !== undefined) service.firsts.set(labels.version, first);
  }
  const rows = [...services].map(([service, { sums, firsts }]): TimelineService => {
    const [, ...later] = [...firsts].sort(([, a], [, b]) => a - b);
    const start = Math.min(...firsts.values());
    return {
      service,
      points: [...sums].sort(([a], [b]) => a - b),
      deploys: later.filter(([, at]) => at > start).map(([version, atMillis]) => ({ atMillis, version })),
    };
  });
  return rows.sort((a, b) => a.service.localeCompare(b.service));
}
