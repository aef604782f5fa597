import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeAnswers, topTable } from '../../../protocol/index.ts';
import { filterBlocks } from '../../../server/profile/filter-stacks.ts';
import { computeTopWithIntervals, stackSumsFromProfile, writeProfile } from '../../../server/profile/index.ts';
import { type OpenLab, openLab } from '../../support/open-lab.ts';
import { profileFromText } from '../../support/profile-from-text.ts';
import { createQuietLab } from '../../support/quiet-lab.ts';

const run = promisify(execFile);
const profile = profileFromText(`
  main.main;main.serve;main.(*Server).handle;json.Marshal 500000000
  main.main;main.serve;main.(*Server).handle;main.sort 300000000
  main.main;main.loop;main.sort;main.sort 120000000
  runtime.gcBgMarkWorker;runtime.scan 80000000`);

let folder: string;
let lab: OpenLab;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-pprof-'));
  await writeFile(join(folder, 'cpu.pb'), writeProfile(profile));
  const { rooms } = createQuietLab();
  lab = await openLab({
    rooms: {
      store: {
        ...rooms.store,
        sumByBlock: async (...args) => ({
          ...(await rooms.store.sumByBlock(...args)),
          sums: stackSumsFromProfile(profile, 'cpu'),
        }),
        merge: async () => profile,
      },
      profiles: { ...rooms.profiles, filterBlocks, computeTopWithIntervals, writeProfile },
    },
  });
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});

/** name → [flat, cum] in nanoseconds, as `go tool pprof -top` prints them. */
async function topOf(...args: string[]): Promise<Record<string, number[]>> {
  const flags = ['-top', '-unit=ns', '-nodefraction=0', '-symbolize=none'];
  const env = { ...process.env, PPROF_TMPDIR: folder };
  const { stdout } = await run('go', ['tool', 'pprof', ...flags, ...args], { env });
  const rows = stdout.matchAll(/^\s*(\d+)(?:ns)?\s+\S+%\s+\S+%\s+(\d+)(?:ns)?\s+\S+%\s+(\S+)/gm);
  return Object.fromEntries([...rows].map(([, flat, cum, name = '']) => [name, [Number(flat), Number(cum)]]));
}

async function commandFor(query: string): Promise<string> {
  const answer = await fetch(`${lab.url}/api/keys`, {
    method: 'POST',
    headers: { ...lab.bearer, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return routeAnswers['POST /api/keys'].parse(await answer.json()).command;
}

describe('go tool pprof', () => {
  it('is asked for what the page shows of allocations: a delta of them opens with inuse_space otherwise', async () => {
    expect(await commandFor('kind=allocs')).toMatch(/^go tool pprof -sample_index=alloc_space "http/);
  });

  it('reads the merged profile with the copied command', async () => {
    const command = await commandFor('kind=cpu&match={service="a b",zone=~"$HOME`x`"}');
    const url = /^go tool pprof "([^"$`\\]+)"$/.exec(command)?.[1] ?? '';
    expect(await topOf(url)).toEqual(await topOf(join(folder, 'cpu.pb')));
    expect(await topOf(url)).toMatchObject({ 'json.Marshal': [500_000_000, 500_000_000] });
  });

  it.each([
    { focus: 'handle' },
    { focus: 'sort\\.go' },
    { ignore: 'json|gc' },
    { hide: 'handle' },
    { hide: '^main\\.sort$' },
    { focus: 'main', ignore: 'loop', hide: 'serve' },
    { focus: '(?i)MARSHAL' },
    { hide: 'runtime' },
    { focus: 'nothing-like-it' },
  ])('agrees with /api/top under %j', async (patterns) => {
    const flags = Object.entries(patterns).map(([name, pattern]) => `-${name}=${pattern}`);
    const query = new URLSearchParams({ kind: 'cpu', type: 'cpu', ...patterns });
    const answer = await fetch(`${lab.url}/api/top?${query}`, { headers: lab.bearer });
    const { rows } = topTable.parse(await answer.json());
    const ours = Object.fromEntries(
      rows.filter(({ cum }) => cum > 0).map(({ name, flat, cum }) => [name, [flat, cum]]),
    );
    expect(ours).toEqual(await topOf(...flags, join(folder, 'cpu.pb')));
  });
});

describe('a query', () => {
  it.each([
    ['/api/flamegraph', 'kind: seen nothing, expected a lower-case word'],
    ['/api/flamegraph?kind=cpu&from=yesterday', 'from: seen "yesterday", expected RFC 3339'],
    ['/api/flamegraph?kind=cpu&from=2&to=1', 'from (2) is after to (1)'],
    ['/api/flamegraph?kind=cpu&maxFrames=-1', 'maxFrames: seen "-1"'],
    ['/api/flamegraph?kind=cpu&maxframes=1', 'unknown parameter "maxframes"'],
    ['/api/top?kind=cpu&focus=(', 'The pattern focus is not RE2'],
    ['/api/top?kind=cpu&limit=0', 'limit: seen "0"'],
    ['/api/pprof?kind=cpu&seconds=5', 'unknown parameter "seconds"'],
    ['/api/metrics?match={}', 'name is missing'],
  ])('%s is refused with what was seen', async (path, message) => {
    const answer = await fetch(lab.url + path, { headers: lab.bearer });
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toContain(message);
  });
});
