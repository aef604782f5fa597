import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Profile as PprofProfile } from 'pprof-format';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callersTable, diffGraph, type FlameGraph, flameGraph, lineTable, topTable } from '../../../protocol/index.ts';
import { systemClock } from '../../../server/clock.ts';
import { createRandom } from '../../../server/profile/compare/random.ts';
import { gunzipProfile, type Profile, writeProfile } from '../../../server/profile/index.ts';
import { createProfileParser } from '../../../server/profile/profile-parser.ts';
import { openStore, type ProfileStore } from '../../../server/store/index.ts';
import { profileFunctions } from '../../../server/wiring/profile-functions.ts';
import { plainFromPprofFormat } from '../../support/decoded-profile.ts';
import { ensureGoProfiles, type GoProfiles } from '../../support/go-profiles.ts';
import { type OpenLab, openLab } from '../../support/open-lab.ts';
import { plausibleProfile } from '../../support/plausible-profile.ts';

/**
 * What the lab answers about stored profiles is what the real `go tool pprof` says of the same files: for generated profiles,
 * one and merged, with selectors, time ranges, focus, ignore and hide. Seeds are fixed; FLAMELAB_SEEDS=N tries more.
 */
const SEEDS = Array.from({ length: Number(process.env.FLAMELAB_SEEDS ?? 3) }, (_, i) => i + 1);
const T0 = 1_800_000_000_000;
const WINDOWS = 4;

const run = promisify(execFile);
const parser = createProfileParser({ workers: 1 });
let folder: string;
let store: ProfileStore;
let lab: OpenLab;
let goProfiles: GoProfiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-agrees-'));
  store = await openStore({ dir: join(folder, 'store'), clock: systemClock, log: () => {} });
  lab = await openLab({ rooms: { store, profiles: profileFunctions((bytes) => parser.parse(bytes)) } });
  for (const seed of SEEDS) await pushWindows(seed);
  goProfiles = await ensureGoProfiles({ windows: 2, millis: 500 });
  for (const { kind, name } of new Map(
    GO_CASES.flatMap(({ kind, files }) => files.map((name) => [name, { kind, name }])),
  ).values()) {
    const bytes = new Uint8Array(await readFile(join(goProfiles.folder, `${name}.pb.gz`)));
    expect((await push(`kind=${kind}&service=go`, bytes)).status).toBe(201);
  }
});
afterAll(async () => {
  await lab.close();
  await store.close();
  await parser.close();
  await rm(folder, { recursive: true });
});

const fileOf = (seed: number, window: number): string => join(folder, `${seed}-${window}.pb.gz`);

async function pushWindows(seed: number): Promise<void> {
  const random = createRandom(seed);
  for (let window = 0; window < WINDOWS; window++) {
    const timeNanos = BigInt(T0 + window * 1_000) * 1_000_000n;
    const bytes = gzipSync(writeProfile(plausibleProfile(random, { timeNanos })));
    await writeFile(fileOf(seed, window), bytes);
    const query = `kind=cpu&service=s${seed}&instance=${window % 2}`;
    expect((await push(query, bytes)).status).toBe(201);
  }
}

const push = (query: string, body: Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(`${lab.url}/api/profiles?${query}`, { method: 'POST', headers: lab.bearer, body });

async function ask(route: string, query: Record<string, string>): Promise<Response> {
  const answer = await fetch(`${lab.url}/api/${route}?${new URLSearchParams({ kind: 'cpu', ...query })}`, {
    headers: lab.bearer,
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer;
}

async function goToolPprof(...args: string[]): Promise<string> {
  const env = { ...process.env, PPROF_TMPDIR: folder };
  const options = { env, cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  return (await run('go', ['tool', 'pprof', '-symbolize=none', ...args], options)).stdout;
}

const EVERYTHING = ['-nodecount=0', '-nodefraction=0', '-edgefraction=0'];

interface Case {
  readonly query: Record<string, string>;
  /** Files of the profiles that the query reaches. */
  files(): string[];
  readonly flags: readonly string[];
}

/** What Go programs write: every kind, every sample type; two windows of CPU. */
const GO_CASES = [
  { kind: 'cpu', type: 'cpu', files: ['cpu-0', 'cpu-1'], unit: 'ns' },
  { kind: 'cpu', type: 'samples', files: ['cpu-0', 'cpu-1'], unit: 'count' },
  { kind: 'heap', type: 'inuse_space', files: ['heap'], unit: 'B' },
  { kind: 'allocs', type: 'alloc_objects', files: ['allocs'], unit: 'count' },
  { kind: 'goroutine', type: 'goroutine', files: ['goroutine'], unit: 'count' },
  { kind: 'mutex', type: 'delay', files: ['mutex'], unit: 'ns' },
  { kind: 'block', type: 'contentions', files: ['block'], unit: 'count' },
] as const;

const goCases = GO_CASES.map(
  ({ kind, type, files, unit }): Case => ({
    query: { kind, type, match: '{service="go"}' },
    files: () => files.map((name) => join(goProfiles.folder, `${name}.pb.gz`)),
    flags: [`-sample_index=${type}`, `-unit=${unit}`],
  }),
);

/** One profile; all; a time range; an instance; a label; and all with patterns, of functions and of mappings. */
function casesOf(seed: number): Case[] {
  const match = `{service="s${seed}"}`;
  const all = [0, 1, 2, 3];
  const patterns: Record<string, string>[] = [
    { focus: 'handle' },
    { ignore: 'sort\\.' },
    { hide: '^main\\.main$|cart\\.go' },
    { focus: 'main', ignore: 'κ', hide: 'Slice' },
  ];
  const ofMappings: Record<string, string>[] = [
    { focus: '^/lib/' },
    { hide: '^/bin/shop$' },
    { focus: '/bin/', ignore: '\\[libc', hide: 'cart|^/lib/' },
  ];
  const pattern = patterns[seed % patterns.length] ?? {};
  const ofMapping = ofMappings[seed % ofMappings.length] ?? {};
  const asFlags = (wanted: Record<string, string>) => Object.entries(wanted).map(([name, text]) => `-${name}=${text}`);
  const generated = (windows: readonly number[], query: Record<string, string>, ...flags: string[]): Case => ({
    query: { kind: 'cpu', match, ...query },
    files: () => windows.map((window) => fileOf(seed, window)),
    flags: ['-sample_index=cpu', '-unit=ns', ...flags],
  });
  return [
    generated([1], { from: `${T0 + 1_000}`, to: `${T0 + 2_000}` }),
    generated(all, {}),
    generated([1, 3], { match: `{service="s${seed}",instance=~"1|x"}`, from: `${T0 + 1}` }),
    generated(all, { match: `{service="s${seed}",tenant="a"}` }, '-tagfocus=tenant=^a$'),
    generated(all, pattern, ...asFlags(pattern)),
    generated(all, ofMapping, ...asFlags(ofMapping)),
  ];
}

describe.each([...SEEDS.flatMap(casesOf), ...goCases])('$query', ({ query, files, flags }) => {
  it('top', async () => {
    const { rows } = topTable.parse(await (await ask('top', query)).json());
    const text = await goToolPprof('-top', ...EVERYTHING, ...flags, ...files());
    expect(ownRows(rows)).toEqual(goRows(text));
  });

  it('flamegraph', async () => {
    const graph = flameGraph.parse(await (await ask('flamegraph', { ...query, maxFrames: '0' })).json());
    const proto = join(folder, 'filtered.pb.gz');
    await goToolPprof('-proto', `-output=${proto}`, ...flags, ...files());
    expect(selfByPath(graph)).toEqual(await pathsOf(proto, query.type ?? 'cpu'));
    expect(totalsAddUp(graph)).toBe(true);
  });

  it('callers', async () => {
    const { rows } = topTable.parse(await (await ask('top', query)).json());
    const busy = rows.filter(({ name, cum }) => cum !== 0 && !name.startsWith('[')).sort((a, b) => b.cum - a.cum);
    for (const { name } of [1, 3, 6].flatMap((at) => busy[at] ?? [])) {
      const table = callersTable.parse(await (await ask('callers', { ...query, function: name })).json());
      const text = await goToolPprof(
        `-peek=^${name.replace(/[.*()[\]]/g, '\\$&')}$`,
        ...EVERYTHING,
        ...flags,
        ...files(),
      );
      expect({ name, ...ownEdges(table) }).toEqual({ name, ...goEdges(text, name) });
      expect(table.below.total).toBe(table.function.cum);
      expect(table.above.total).toBe(table.function.cum);
    }
  });

  it('lines', async () => {
    const text = await goToolPprof('-top', '-lines', ...EVERYTHING, ...flags, ...files());
    const { rows } = topTable.parse(await (await ask('top', query)).json());
    const names = new Set(rows.filter(({ cum, file }) => cum !== 0 && file !== '').map(({ file }) => file));
    for (const file of [...names].slice(0, 4)) {
      const expected = goLines(text, file);
      expect(expected).not.toEqual({});
      const { lines } = lineTable.parse(await (await ask('lines', { ...query, file })).json());
      const ours = lines.map(({ line, function: name, flat, cum }) => [`${name} ${line}`, [flat, cum]]);
      expect(Object.fromEntries(ours)).toEqual(expected);
    }
  });
});

describe.each(SEEDS)('seed %i as pprof', (seed) => {
  it.each([[[2]], [[0, 1, 2, 3]]])('of windows %j is what go tool pprof -proto makes of the files', async (windows) => {
    const [first = 0, last = 0] = [windows[0], windows.at(-1)];
    const query = { match: `{service="s${seed}"}`, from: `${T0 + first * 1_000}`, to: `${T0 + last * 1_000 + 1}` };
    const ours = join(folder, `ours-${seed}.pb.gz`);
    const theirs = join(folder, `theirs-${seed}.pb.gz`);
    await writeFile(ours, new Uint8Array(await (await ask('pprof', query)).arrayBuffer()));
    await goToolPprof('-proto', `-output=${theirs}`, ...windows.map((window) => fileOf(seed, window)));
    expect(await contentOf(ours)).toEqual(await contentOf(theirs));
  });
});

describe('values beyond 2^53', () => {
  it('are flagged in JSON and exact as pprof', async () => {
    const random = createRandom(99);
    const profile = plausibleProfile(random, { timeNanos: BigInt(T0) * 1_000_000n });
    const values = profile.samples.values.map((value, i) => BigInt.asIntN(64, value * 2n ** 24n + BigInt(i)));
    const huge: Profile = { ...profile, samples: { ...profile.samples, values } };
    const file = join(folder, 'huge.pb.gz');
    const bytes = gzipSync(writeProfile(huge));
    await writeFile(file, bytes);
    await push('kind=cpu&service=huge', bytes);
    const query = { match: '{service="huge"}' };
    for (const route of ['top', 'flamegraph']) {
      expect((await (await ask(route, query)).json()).saturated, route).toBe(true);
    }
    const sides = { 'a.match': query.match, 'b.match': '{service="s1"}', per: 'total' };
    const diff = diffGraph.parse(await (await ask('diff', sides)).json());
    expect(diff.saturated).toBe(true);
    expect(Math.abs(diff.whole.difference)).toBeLessThanOrEqual(2 ** 53);
    const ours = join(folder, 'huge-ours.pb.gz');
    await writeFile(ours, new Uint8Array(await (await ask('pprof', query)).arrayBuffer()));
    expect(await contentOf(ours)).toEqual(await contentOf(file));
  });
});

type Values = Record<string, [number, number]>;

function ownRows(rows: readonly { name: string; flat: number; cum: number }[]): Values {
  const shown = rows.filter(({ flat, cum }) => flat !== 0 || cum !== 0);
  return Object.fromEntries(shown.map(({ name, flat, cum }) => [name, [flat, cum]]));
}

const ROW = /^\s*(-?\d+)[a-zA-Z]*\s+\S+\s+\S+\s+(-?\d+)[a-zA-Z]*\s+\S+\s+(.*?)(?: \((?:partial-)?inline\))?$/;

function goRows(text: string): Values {
  const rows: Values = {};
  for (const line of text.slice(text.indexOf('flat%')).split('\n').slice(1)) {
    const [, flat, cum, name] = ROW.exec(line) ?? [];
    if (name !== undefined && (flat !== '0' || cum !== '0')) rows[name] = [Number(flat), Number(cum)];
  }
  return rows;
}

/** `main.f /src/main.go:12` → `main.f 12`, of one file. */
function goLines(text: string, file: string): Values {
  const lines = Object.entries(goRows(text)).flatMap(([shown, values]): [string, [number, number]][] => {
    const at = shown.lastIndexOf(` ${file}:`);
    return at < 0 ? [] : [[`${shown.slice(0, at)} ${shown.slice(at + file.length + 2)}`, values]];
  });
  return Object.fromEntries(lines);
}

interface Edges {
  readonly flat: number;
  readonly cum: number;
  readonly callers: Record<string, number>;
  readonly callees: Record<string, number>;
}

function ownEdges({ function: { flat, cum }, callers, callees }: ReturnType<typeof callersTable.parse>): Edges {
  const byName = (edges: readonly { name: string; value: number }[]) =>
    Object.fromEntries(edges.filter(({ value }) => value !== 0).map(({ name, value }) => [name, value]));
  return { flat, cum, callers: byName(callers), callees: byName(callees) };
}

/**
 *                          300ns 71.43% |   main.loop          a caller
 *     100ns 20%  100%      420ns 84%                | main.sort
 *                          120ns 28.57% |   runtime.memmove    a callee
 */
function goEdges(text: string, name: string): Edges {
  const edges: Edges & { flat: number; cum: number } = { flat: 0, cum: 0, callers: {}, callees: {} };
  let side = edges.callers;
  for (const line of text.split('\n')) {
    const own =
      /^\s*(-?\d+)[a-zA-Z]*\s+\S+%?\s+\S+%?\s+(-?\d+)[a-zA-Z]*\s+\S+%?\s+\| (.*?)(?: \((?:partial-)?inline\))?$/.exec(
        line,
      );
    if (own?.[3] === name) {
      edges.flat = Number(own[1]);
      edges.cum = Number(own[2]);
      side = edges.callees;
      continue;
    }
    const edge = /^\s*(-?\d+)[a-zA-Z]*\s+\S+%?\s+\|\s{3}(.*?)(?: \((?:partial-)?inline\))?$/.exec(line);
    if (edge?.[2] !== undefined && edge[1] !== '0') side[edge[2]] = Number(edge[1]);
  }
  return edges;
}

/** Call path, root first → self; paths whose self is 0 are left out. */
function selfByPath({ frames, nodes }: FlameGraph): Record<string, number> {
  const paths: string[] = [];
  const found: Record<string, number> = {};
  nodes.frame.forEach((frame, node) => {
    const above = paths[nodes.parent[node] ?? -1];
    const name = frames[frame]?.name ?? '';
    paths[node] = above === undefined ? '' : above === '' ? name : `${above};${name}`;
    if (nodes.self[node] !== 0) found[paths[node] ?? ''] = nodes.self[node] ?? 0;
  });
  return found;
}

function totalsAddUp({ nodes }: FlameGraph): boolean {
  const below = nodes.self.slice();
  for (let node = below.length - 1; node > 0; node--) {
    const parent = nodes.parent[node] ?? 0;
    below[parent] = (below[parent] ?? 0) + (below[node] ?? 0);
  }
  return below.every((value, node) => value === nodes.total[node]);
}

/** The same by another decoder. */
async function pathsOf(file: string, type: string): Promise<Record<string, number>> {
  const decoded = PprofProfile.decode(gunzipProfile(new Uint8Array(await readFile(file))));
  const text = (index: number | bigint): string => decoded.stringTable.strings[Number(index)] ?? '';
  const functions = new Map(decoded.function.map((one) => [Number(one.id), text(one.name)]));
  const mappings = new Map(decoded.mapping.map((one) => [Number(one.id), text(one.filename)]));
  const locations = new Map(
    decoded.location.map(({ id, line, mappingId }) => {
      const names = line.map((one) => functions.get(Number(one.functionId)) ?? '');
      const base = mappings.get(Number(mappingId))?.split('/').at(-1) ?? '';
      return [Number(id), names.length > 0 ? names : [`[${base}]`]];
    }),
  );
  const column = decoded.sampleType.findIndex((one) => text(one.type) === type);
  const sums = new Map<string, bigint>();
  for (const { locationId, value } of decoded.sample) {
    const path = locationId.flatMap((id) => locations.get(Number(id)) ?? []).reverse();
    const key = path.join(';');
    sums.set(key, (sums.get(key) ?? 0n) + BigInt.asIntN(64, BigInt(value[column] ?? 0)));
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).map(([path, sum]) => [path, Number(sum)]));
}

/** Everything that a profile says, by another decoder: exact numbers, labels, addresses, lines; ids don't count. */
async function contentOf(file: string) {
  const { samples, ...header } = plainFromPprofFormat(gunzipProfile(new Uint8Array(await readFile(file))));
  const texts = samples.map(({ stack, labels, values }) => [...stack, ...[...labels].sort(), ...values].join('\n'));
  return { ...header, samples: texts.sort() };
}

describe('a window without profiles', () => {
  const before = 'kind=cpu&to=1000';
  it.each([
    [`/api/flamegraph?${before}`, 'no cpu profile lies in this window; there are '],
    [`/api/top?${before}`, 'no cpu profile lies in this window'],
    [`/api/pprof?${before}`, 'no cpu profile lies in this window'],
    ['/api/pprof?kind=cpu&match={service="none"}', 'of any labels, from'],
    ['/api/pprof?kind=nosuch', 'no profile of kind "nosuch" is stored; stored kinds: '],
    ['/api/diff?kind=cpu&per=total&a.to=1000', 'no cpu profile lies in window a'],
    ['/api/diff?kind=cpu&per=total&b.to=1000', 'no cpu profile lies in window b'],
  ])('%s of nothing says what there is', async (path, message) => {
    const answer = await fetch(lab.url + path, { headers: lab.bearer });
    const { error } = await answer.json();
    expect([answer.status, error.code]).toEqual([404, 'no-data']);
    expect(error.message).toContain(message);
  });
});
