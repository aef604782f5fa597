import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flameGraph, labelBreakdown, seriesTable } from '../../../protocol/index.ts';
import { systemClock } from '../../../server/clock.ts';
import { writeProfile } from '../../../server/profile/index.ts';
import { createProfileParser } from '../../../server/profile/profile-parser.ts';
import { openStore, type ProfileStore } from '../../../server/store/index.ts';
import { profileFunctions } from '../../../server/wiring/profile-functions.ts';
import { type OpenLab, openLab } from '../../support/open-lab.ts';
import { dedent, profileFromText, textFromFlameGraph } from '../../support/profile-text.ts';

const parser = createProfileParser({ workers: 1 });
let folder: string;
let store: ProfileStore;
let lab: OpenLab;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-groups-'));
  store = await openStore({ dir: join(folder, 'store'), clock: systemClock, log: () => {} });
  lab = await openLab({ rooms: { store, profiles: profileFunctions((bytes) => parser.parse(bytes)) } });
  await push('kind=cpu&service=shop', 'main.a 5 {tenant=x}\nmain.b 3 {tenant=y}\nmain.b 1');
  await push('kind=heap&service=shop', 'main.a 5');
  await push('kind=cpu&service=plain', 'main.a 2');
  await push(
    'kind=cpu&service=both',
    'main.a 5 {zone=q,zone=p}\nmain.b 3 {zone=p,zone=q}\nmain.c 2 {zone=p}\nmain.d 1',
  );
});
afterAll(async () => {
  await lab.close();
  await store.close();
  await parser.close();
  await rm(folder, { recursive: true });
});

async function push(query: string, text: string): Promise<void> {
  const body = new Uint8Array(writeProfile(profileFromText(text)));
  const answer = await fetch(`${lab.url}/api/profiles?${query}`, { method: 'POST', headers: lab.bearer, body });
  expect(answer.status).toBe(201);
}

const ask = (query: Record<string, string>): Promise<Response> =>
  fetch(`${lab.url}/api/flamegraph?${new URLSearchParams({ kind: 'cpu', ...query })}`, { headers: lab.bearer });

async function answerOf(path: string, query: Record<string, string>): Promise<unknown> {
  return (await fetch(`${lab.url}/api/${path}?${new URLSearchParams(query)}`, { headers: lab.bearer })).json();
}

async function treeOf(query: Record<string, string>): Promise<string> {
  return textFromFlameGraph(flameGraph.parse(await (await ask(query)).json()));
}

describe('a tree by a label', () => {
  it('has its values under the root, and what lacks it under a name that says so', async () => {
    expect(await treeOf({ match: '{service="shop"}', by: 'tenant' })).toBe(
      dedent(`
        root 9
          (no tenant) 1
            main.b 1 (1)
          x 5
            main.a 5 (5)
          y 3
            main.b 3 (3)`),
    );
  });

  it.each([
    [{ by: 'package' }, 'no cpu profile here has a label "package" to group by; they have service, tenant, zone'],
    [{ by: 'tenant', kind: 'heap' }, 'no heap profile here has a label "tenant" to group by; they have service'],
    [
      { by: 'tenant', match: '{service="plain"}' },
      'no cpu profile here has a label "tenant" to group by; they have service',
    ],
  ])('is refused for one that nothing has: %j', async (query, message) => {
    const answer = await ask(query);
    expect([answer.status, (await answer.json()).error]).toEqual([400, { code: 'bad-request', message }]);
  });

  it('counts a sample with several values once, under all of them', async () => {
    expect(await treeOf({ match: '{service="both"}', by: 'zone' })).toBe(
      dedent(`
        root 11
          (no zone) 1
            main.d 1 (1)
          p 2
            main.c 2 (2)
          p,q 8
            main.a 5 (5)
            main.b 3 (3)`),
    );
  });

  it('of an empty window is no-data all the same', async () => {
    expect((await ask({ by: 'package', to: '1' })).status).toBe(404);
  });
});

describe('a label with several values in one sample', () => {
  it('shows all of them', async () => {
    expect(await answerOf('labels/zone/values', {})).toEqual({ values: ['p', 'q'] });
    expect(await answerOf('labels/zone/values', { match: '{zone="q"}' })).toEqual({ values: ['p', 'q'] });
  });

  it.each([
    ['zone="p"', 10],
    ['zone="q"', 8],
    ['zone=~"q.*"', 8],
    ['zone!="q"', 3],
    ['zone=""', 1],
  ])('is reached by %s', async (matcher, total) => {
    expect(await answerOf('top', { kind: 'cpu', match: `{service="both",${matcher}}` })).toMatchObject({ total });
  });

  it('is broken down with the values that belong together', async () => {
    const breakdown = labelBreakdown.parse(await answerOf('breakdown', { kind: 'cpu', match: '{service="both"}' }));
    expect(breakdown.labels.find(({ name }) => name === 'zone')?.values).toEqual([
      { value: 'p,q', amount: 8, all: ['p', 'q'] },
      { value: 'p', amount: 2 },
      { value: '', amount: 1 },
    ]);
  });

  it('has a series for the values together', async () => {
    const query = { kind: 'cpu', match: '{service="both"}', by: 'zone', step: '1d' };
    const { series } = seriesTable.parse(await answerOf('series', query));
    expect(series.map(({ labels, points }) => [labels.zone, points[0]?.[1]])).toEqual([
      ['', 1],
      ['p', 2],
      ['p,q', 8],
    ]);
  });
});
