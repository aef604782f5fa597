import { expect, test } from 'vitest';
import { type GraphQuery, RequestFailed } from '../../../../client/connection/index.ts';
import { createProfilesStore, type GraphSources } from '../../../../client/state/index.ts';
import { meanOfSnapshots } from '../../../../client/state/profiles-store.ts';
import type { FlameGraph } from '../../../../protocol/index.ts';
import { flameGraphFromText } from '../../../support/flame-graph-from-text.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const side = (instance: string, fromMillis: number | null = null) => ({
  instance,
  title: instance,
  savedAt: null,
  fromMillis,
});
const live: GraphSources = { subject: 'a', before: null, after: side('search-1') };
const twin: GraphSources = { subject: 'a', before: side('base', 500), after: side('cand', 500) };
const windowOf = (instance: string, kind: string) => ({ instance, kind, windows: 1, atMillis: 1, gap: null });

/** A lab with these graphs, and what it was asked. */
function openProfiles(graphs: Record<string, FlameGraph | null>) {
  const asked: GraphQuery[] = [];
  const clock = createHandClock();
  const profiles = createProfilesStore(
    {
      async readFlameGraph(query) {
        asked.push(query);
        const graph = graphs[query.instance];
        if (!graph) throw new RequestFailed('no-data', 'Nothing yet.', { status: 404 });
        return graph;
      },
    },
    clock,
  );
  return { profiles, clock, asked, graphs };
}

test('a live instance shows its last minute, a twin everything since its first traffic', async () => {
  const { profiles, clock, asked } = openProfiles({});
  profiles.setSources(live);
  profiles.setSources(twin);
  expect(asked.map(({ instance, from }) => [instance, from])).toEqual([
    ['search-1', clock.now() - 60_000],
    ['base', 500],
    ['cand', 500],
  ]);
  await settled();
});

test('until the new build has a window the old picture stays, so that it can morph', async () => {
  const old = flameGraphFromText('main;slow 10');
  const fixed = flameGraphFromText('main;fast 2');
  const { profiles, clock, graphs } = openProfiles({ 'search-1': old, base: old, cand: null });
  profiles.setSources(live);
  await settled();
  profiles.setSources(twin);
  await settled();
  expect(profiles.store.get()).toMatchObject({ after: old, before: old });
  graphs.cand = fixed;
  profiles.noticeWindow(windowOf('cand', 'cpu'));
  clock.advance(100);
  await settled();
  expect(profiles.store.get()).toMatchObject({ after: fixed, before: old, status: 'ready' });
});

test('another exercise or instrument starts with an empty picture', async () => {
  const { profiles } = openProfiles({ 'search-1': flameGraphFromText('main 1') });
  profiles.setSources(live);
  await settled();
  profiles.setView('heap');
  expect(profiles.store.get()).toMatchObject({ after: null, status: 'loading' });
  await settled();
  profiles.setSources({ ...live, subject: 'b', after: side('other') });
  expect(profiles.store.get().after).toBeNull();
  await settled();
  expect(profiles.store.get()).toMatchObject({ after: null, status: 'waiting' });
});

test('windows of other instances or kinds ask for nothing', async () => {
  const { profiles, clock, asked } = openProfiles({ 'search-1': flameGraphFromText('main 1') });
  profiles.setSources(live);
  await settled();
  profiles.noticeWindow(windowOf('checkout-1', 'cpu'));
  profiles.noticeWindow(windowOf('search-1', 'heap'));
  clock.advance(1_000);
  expect(asked).toHaveLength(1);
});

test('the answer to an older question never replaces a newer one', async () => {
  const late: ((graph: FlameGraph) => void)[] = [];
  const profiles = createProfilesStore(
    { readFlameGraph: () => new Promise<FlameGraph>((resolve) => late.push(resolve)) },
    createHandClock(),
  );
  profiles.setSources(live);
  profiles.setView('mutex');
  const newer = flameGraphFromText('main;unlock 3');
  late[1]?.(newer);
  await settled();
  late[0]?.(flameGraphFromText('main;cpu 9'));
  await settled();
  expect(profiles.store.get().after).toBe(newer);
});

test('a difference needs two sides: without a baseline the panel goes back to the live one', () => {
  const { profiles } = openProfiles({});
  profiles.setSources(twin);
  profiles.setSide('difference');
  profiles.setSources(live);
  expect(profiles.store.get().side).toBe('after');
});

test('snapshots show their mean, since the sum of two heaps is no heap', () => {
  const graph = flameGraphFromText('main;keep 30\nmain 10');
  const two = { ...graph, window: { ...graph.window, profiles: 2 } };
  const mean = meanOfSnapshots(two);
  expect(mean.total).toBe(20);
  expect(mean.nodes.total).toEqual([20, 20, 15]);
  expect(mean.nodes.self).toEqual([0, 5, 15]);
  expect(meanOfSnapshots(graph)).toBe(graph);
});

test('frames of the server’s plumbing are left out until they are asked for', async () => {
  const { profiles, asked } = openProfiles({ 'search-1': flameGraphFromText('main 1') });
  profiles.setSources(live);
  await settled();
  profiles.setPlumbing('shown');
  await settled();
  const hidden = new RegExp(asked[0]?.hide ?? '');
  expect(
    ['net/http.(*conn).serve', 'bazaar/internal/serve.newHandler.func1', 'runtime/pprof.Do'].every((name) =>
      hidden.test(name),
    ),
  ).toBe(true);
  expect(['main.validateQuery', 'net/http/pprof.Index', 'runtime.mcall'].some((name) => hidden.test(name))).toBe(false);
  expect(asked[1]?.hide).toBeUndefined();
});
