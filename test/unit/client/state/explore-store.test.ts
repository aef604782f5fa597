import { expect, test } from 'vitest';
import { RequestFailed } from '../../../../client/connection/request.ts';
import { type AddressBar, createAddressStore } from '../../../../client/state/address-store.ts';
import { createExploreStore } from '../../../../client/state/explore-store.ts';
import type { DiffGraph, FlameGraph } from '../../../../protocol/index.ts';
import { flameGraphFromText } from '../../../support/flame-graph-from-text.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

/** A browser's history: what was pushed, with back. */
function history(first: string) {
  const entries = [first];
  let at = 0;
  let travelled = () => {};
  const bar: AddressBar = {
    read() {
      const url = new URL(entries[at] ?? '/', 'http://lab');
      return { path: url.pathname, search: url.search };
    },
    push(url) {
      entries.splice(++at, Number.POSITIVE_INFINITY, url);
    },
    replace(url) {
      entries[at] = url;
    },
    onTravel(listener) {
      travelled = listener;
      return () => {};
    },
  };
  const back = () => {
    at--;
    travelled();
  };
  return { bar, entries, back };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const drawn = flameGraphFromText('main;sort 30\nmain;find 10');
const TREE: FlameGraph = { ...drawn, window: { ...drawn.window, profiles: 4 } };

function open(url = '/explore') {
  const clock = createHandClock(1_000_000_000);
  const asked: { readonly route: 'tree' | 'diff'; readonly query: Record<string, unknown> }[] = [];
  const refuse: Record<string, RequestFailed> = {};
  const answer = async <T>(route: 'tree' | 'diff', query: object, value: T): Promise<T> => {
    asked.push({ route, query: { ...query } });
    const per = 'per' in query ? String(query.per) : route;
    if (refuse[per]) throw refuse[per];
    return value;
  };
  const browser = history(url);
  const address = createAddressStore(browser.bar);
  const explore = createExploreStore(
    {
      readTree: (query) => answer('tree', query, TREE),
      // What the difference is doesn't matter here, only which one was asked for.
      readDiff: (query) => answer('diff', query, { per: query.per } as DiffGraph),
    },
    clock,
    address,
  );
  const close = explore.open();
  return { explore, address, clock, asked, refuse, browser, close, state: () => explore.store.get() };
}

const noticed = (kind: string) => ({ instance: 'a', kind, windows: 1, atMillis: 0, gap: null });

test('an action changes the address, and the address is what is read; back reads the former one', async () => {
  const { explore, asked, browser, state } = open();
  await settled();
  expect(asked[0]?.query).toMatchObject({ kind: 'cpu', match: '', from: 1_000_000_000 - 300_000, to: null });
  explore.change({ match: '{service="a"}', live: null, from: 5, to: 9 });
  await settled();
  expect(browser.entries.at(-1)).toBe('/explore?kind=cpu&match=%7Bservice%3D%22a%22%7D&from=5&to=9');
  expect(asked[1]?.query).toMatchObject({ match: '{service="a"}', from: 5, to: 9 });
  expect(state().shown).toMatchObject({ match: '{service="a"}', from: 5, to: 9 });
  browser.back();
  await settled();
  expect(asked[2]?.query).toMatchObject({ match: '' });
});

test('another way to look at the same answer asks nothing', async () => {
  const { explore, asked, browser } = open();
  await settled();
  explore.change({ view: 'icicle', zoom: ['main'], function: 'main' });
  explore.change({ search: 'so' }, 'amend');
  explore.change({ search: 'sort' }, 'amend');
  await settled();
  expect(asked).toHaveLength(1);
  expect(browser.entries).toHaveLength(2);
});

test('only a live view follows what is collected, of its own kind, at most twice a second', async () => {
  const { explore, clock, asked, close } = open();
  await settled();
  explore.noticeWindow(noticed('heap'));
  clock.advance(1_000);
  await settled();
  expect(asked).toHaveLength(1);
  for (let i = 0; i < 20; i++) {
    explore.noticeWindow(noticed('cpu'));
    clock.advance(50);
    await settled();
  }
  expect(asked.length).toBeGreaterThanOrEqual(3);
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(asked.at(-1)?.query.from).toBeGreaterThan(Number(asked[0]?.query.from));
  explore.change({ live: null, from: 1, to: 2 });
  await settled();
  const count = asked.length;
  explore.noticeWindow(noticed('cpu'));
  clock.advance(5_000);
  expect(asked).toHaveLength(count);
  close();
});

test('a comparison is per request, or per second where requests were not counted, and says so', async () => {
  const { asked, refuse, explore, state } = open('/explore?kind=cpu&from=1&to=2&b.from=3&b.to=4');
  refuse.request = new RequestFailed('no-request-counts', 'no counts');
  await settled();
  explore.refresh();
  await settled();
  expect(asked.slice(-2).map(({ query }) => query.per)).toEqual(['request', 'second']);
  expect(asked.at(-1)?.query).toMatchObject({ a: { match: '', from: 1, to: 2 }, b: { match: '', from: 3, to: 4 } });
  expect(state().perNote).toContain('per profiled second');
});

test('snapshots are compared and shown as means', async () => {
  const { asked, explore, state } = open('/explore?kind=heap&from=1&to=2&b.from=3&b.to=4');
  await settled();
  expect(asked[0]?.query.per).toBe('profile');
  explore.change({ b: null, side: null });
  await settled();
  expect(state().tree?.total).toBe(10);
  expect(state().tree?.nodes.self.reduce((a, b) => a + b)).toBe(10);
});

test('what can’t be shown takes the old picture away; a lab that is away doesn’t', async () => {
  const { explore, refuse, state } = open();
  await settled();
  expect(state().tree).not.toBeNull();
  refuse.tree = new RequestFailed('unreachable', 'gone');
  explore.refresh();
  await settled();
  expect(state()).toMatchObject({ status: 'failed', tree: TREE });
  refuse.tree = new RequestFailed('no-data', 'none', { detail: { kinds: [] } });
  explore.refresh();
  await settled();
  expect(state()).toMatchObject({ status: 'failed', tree: null, failure: { code: 'no-data', detail: { kinds: [] } } });
});

test('after it is closed nothing is asked, and the address it had is remembered', async () => {
  const { explore, address, asked, close, clock } = open('/explore?kind=heap&live=1h');
  await settled();
  address.go('/');
  close();
  explore.noticeWindow(noticed('heap'));
  clock.advance(5_000);
  await settled();
  expect(asked).toHaveLength(1);
  expect(explore.search()).toBe('?kind=heap&live=1h');
});
