import type { DiffGraph, DiffPer, FlameGraph, ServerMessage } from '../../protocol/index.ts';
import type { Api, ProfileQuery, Window } from '../connection/index.ts';
import type { AddressStore } from './address-store.ts';
import { type ExploreQuery, queryFromSearch, searchOfQuery } from './explore-query.ts';
import { isSnapshotKind, profileQueryOf, windowsOf } from './explore-windows.ts';
import { type Failure, failureFrom } from './failure.ts';
import { meanOfSnapshots } from './profiles-store.ts';
import { createRefresher } from './refresher.ts';
import { createStore, type ReadStore } from './store.ts';
import type { Timers } from './timers.ts';
import type { TreeLook } from './tree-look.ts';

export interface ExploreState {
  readonly query: ExploreQuery;
  /** What the address says that makes no sense. */
  readonly problems: readonly string[];
  /** The windows that were asked for last; a live one has moved on since. */
  readonly a: Window;
  readonly b: Window | null;
  /** For the panels: the shown side, read as the query says. Grows with every question, so that they ask again. */
  readonly shown: ProfileQuery;
  readonly revision: number;
  /** The newest answers. They stay while another window is read, so that the picture can morph. */
  readonly tree: FlameGraph | null;
  /** The label that this tree is grouped by. */
  readonly treeBy: string | null;
  readonly diff: DiffGraph | null;
  /** Why the difference is not divided as was asked. */
  readonly perNote: string | null;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: Failure | null;
}

export interface ExploreStore {
  readonly store: ReadStore<ExploreState>;
  /** Follows the address and reads what it asks for, until stopped. */
  open(): () => void;
  /** Another view, to which the back button returns; `amend`: the same one said better. */
  change(patch: Partial<ExploreQuery>, how?: 'amend'): void;
  noticeWindow(window: ServerMessage<'profile:collected'>): void;
  /** Asks again, e.g. after a restart of the lab. */
  refresh(): void;
  /** The address of what is shown now, or was shown last. */
  search(): string;
}

type ExploreApi = Pick<Api, 'readTree' | 'readDiff'>;

/** A picture that changes twice a second can be followed; reading trees more often would cost the services that it shows. */
const LIVE_MILLIS = 500;

/** What the Explore screen shows. The address is the truth: every action changes it, and the store follows it. */
export function createExploreStore(
  api: ExploreApi,
  timers: Timers,
  address: Pick<AddressStore, 'store' | 'go' | 'amend'>,
): ExploreStore {
  const store = createStore<ExploreState>(startOf(timers.now()));
  let openCount = 0;
  let lastSearch = '';
  const ask = async (signal: AbortSignal) => {
    const { query, revision } = store.get();
    const { a, b } = windowsOf(query, timers.now());
    store.patch({ a, b, shown: profileQueryOf(query, sideOf(query, a, b)), revision: revision + 1 });
    try {
      const answer = await read(api, query, { a, b }, signal);
      if (!signal.aborted) store.patch({ ...answer, status: 'ready', failure: null });
    } catch (error) {
      if (signal.aborted) return;
      const failure = failureFrom(error);
      // Nothing to show is an answer, too: an old picture under a new question would be a wrong one.
      const gone = failure.code === 'unreachable' ? {} : { tree: null, diff: null };
      store.patch({ ...gone, status: 'failed', failure });
    }
  };
  const refresher = createRefresher(ask, timers, LIVE_MILLIS);
  const follow = () => {
    const { search } = address.store.get();
    lastSearch = search;
    const { query, problems } = queryFromSearch(search);
    const known = store.get();
    const same = known.revision > 0 && questionOf(query) === questionOf(known.query);
    const kept = query.kind === known.query.kind && query.type === known.query.type;
    // The same object for the same look: the picture is made anew with another.
    const look = sameLook(query.look, known.query.look) ? known.query.look : query.look;
    store.patch({ query: { ...query, look }, problems, ...(kept ? {} : { tree: null, diff: null }) });
    if (same) return;
    store.patch({ status: 'loading', failure: null });
    refresher.restart();
  };
  return {
    store,
    open() {
      const path = address.store.get().path;
      store.set(startOf(timers.now()));
      follow();
      openCount++;
      const stop = address.store.subscribe(() => {
        if (address.store.get().path === path) follow();
      });
      return () => {
        openCount--;
        stop();
        refresher.stop();
      };
    },
    change(patch, how) {
      const search = searchOfQuery({ ...store.get().query, ...patch });
      if (how === 'amend') address.amend(search);
      else address.go(address.store.get().path, search);
    },
    noticeWindow({ kind }) {
      const { query } = store.get();
      if (openCount > 0 && query.live !== null && kind === query.kind) refresher.hint();
    },
    refresh() {
      if (openCount > 0) refresher.restart();
    },
    search: () => lastSearch,
  };
}

const sameLook = (a: TreeLook, b: TreeLook): boolean => JSON.stringify(a) === JSON.stringify(b);

function startOf(now: number): ExploreState {
  const { query, problems } = queryFromSearch('');
  const { a, b } = windowsOf(query, now);
  const shown = profileQueryOf(query, a);
  const nothing = { tree: null, treeBy: null, diff: null, perNote: null, failure: null };
  return { query, problems, a, b, shown, revision: 0, ...nothing, status: 'loading' };
}

function sideOf(query: ExploreQuery, a: Window, b: Window | null): Window {
  return b !== null && query.side !== 'a' ? b : a;
}

/** The part of a query that the lab is asked about: the rest only changes how the answer is looked at. */
function questionOf({
  kind,
  type,
  match,
  from,
  to,
  live,
  focus,
  ignore,
  hide,
  by,
  b,
  per,
  side,
}: ExploreQuery): string {
  return JSON.stringify([kind, type, match, from, to, live, focus, ignore, hide, by, b, per, side]);
}

type Answer = Pick<ExploreState, 'tree' | 'treeBy' | 'diff' | 'perNote'>;

async function read(
  api: ExploreApi,
  query: ExploreQuery,
  { a, b }: { a: Window; b: Window | null },
  signal: AbortSignal,
): Promise<Answer> {
  const readTree = async (window: Window, by: string | null): Promise<FlameGraph> => {
    const tree = await api.readTree({ ...profileQueryOf(query, window), by }, signal);
    return isSnapshotKind(query.kind) ? meanOfSnapshots(tree) : tree;
  };
  if (b === null) return { tree: await readTree(a, query.by), treeBy: query.by, diff: null, perNote: null };
  const { diff, perNote } = await readDiff(api, query, { a, b }, signal);
  return { tree: query.side === null ? null : await readTree(sideOf(query, a, b), null), treeBy: null, diff, perNote };
}

const FALLBACKS: Readonly<Record<string, { per: DiffPer; note: string }>> = {
  'no-request-counts': {
    per: 'second',
    note: 'Not every window here has request counts: per profiled second instead.',
  },
  'no-durations': { per: 'profile', note: 'Not every window here has a duration: per profile instead.' },
};

/** The difference as asked; where the windows lack what it is divided by, the next best that they allow, and says so. */
async function readDiff(
  api: ExploreApi,
  query: ExploreQuery,
  { a, b }: { a: Window; b: Window },
  signal: AbortSignal,
): Promise<{ diff: DiffGraph; perNote: string | null }> {
  const { kind, type, focus, ignore, hide } = query;
  let per: DiffPer = query.per ?? (isSnapshotKind(kind) ? 'profile' : 'request');
  let perNote: string | null = null;
  for (;;) {
    try {
      return { diff: await api.readDiff({ kind, type, focus, ignore, hide, a, b, per }, signal), perNote };
    } catch (error) {
      const fallback = FALLBACKS[failureFrom(error).code];
      if (!fallback || fallback.per === per) throw error;
      per = fallback.per;
      perNote = fallback.note;
    }
  }
}
