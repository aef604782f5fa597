import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flameGraph } from '../../../protocol/index.ts';
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

async function treeOf(query: Record<string, string>): Promise<string> {
  return textFromFlameGraph(flameGraph.parse(await (await ask(query)).json()));
}

describe('a tree by a label', () => {
  it('has its values under the root, and what lacks it as it is', async () => {
    expect(await treeOf({ match: '{service="shop"}', by: 'tenant' })).toBe(
      dedent(`
        root 9
          main.b 1 (1)
          x 5
            main.a 5 (5)
          y 3
            main.b 3 (3)`),
    );
  });

  it.each([
    [{ by: 'package' }, 'no cpu profile here has a label "package" to group by; they have service, tenant'],
    [{ by: 'tenant', kind: 'heap' }, 'no heap profile here has a label "tenant" to group by; they have service'],
    [
      { by: 'tenant', match: '{service="plain"}' },
      'no cpu profile here has a label "tenant" to group by; they have service',
    ],
  ])('is refused for one that nothing has: %j', async (query, message) => {
    const answer = await ask(query);
    expect([answer.status, (await answer.json()).error]).toEqual([400, { code: 'bad-request', message }]);
  });

  it('of an empty window is no-data all the same', async () => {
    expect((await ask({ by: 'package', to: '1' })).status).toBe(404);
  });
});
