import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { flameGraph, graphPage } from '../../../protocol/index.ts';
import { systemClock } from '../../../server/clock.ts';
import { writeProfile } from '../../../server/profile/index.ts';
import { openStore, type ProfileStore } from '../../../server/store/index.ts';
import { profileFromText } from '../../support/profile-from-text.ts';
import { createFolders, root, runFlamelab, type ServedLab, serveLab, withPath } from '../../support/run-flamelab.ts';

const run = promisify(execFile);
const T0 = 1_700_000_000_000;
const timed = (text: string, second: number) => ({
  ...profileFromText(text),
  timeNanos: BigInt(T0 + second * 1_000) * 1_000_000n,
  durationNanos: 1_000_000_000n,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-take-home-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fillStore(data: string, fill: (store: ProfileStore) => Promise<void>): Promise<void> {
  const store = await openStore({ dir: join(data, 'store'), clock: systemClock, log: () => {} });
  await fill(store);
  await store.close();
}

const inFolder = (name: string) => join(folder, name);

/** name → flat, as `go tool pprof` reads a file. */
async function flatOf(file: string): Promise<Record<string, number>> {
  const flags = ['tool', 'pprof', '-top', '-unit=ns', '-nodefraction=0', '-symbolize=none', file];
  const { stdout } = await run('go', flags, { env: { ...process.env, PPROF_TMPDIR: folder } });
  const rows = stdout.matchAll(/^\s*(\d+)(?:ns)?\s+\S+%\s+\S+%\s+\d+(?:ns)?\s+\S+%\s+(\S+)/gm);
  return Object.fromEntries([...rows].map(([, flat, name = '']) => [name, Number(flat)]));
}

describe('without a running lab', () => {
  beforeAll(() =>
    fillStore(inFolder('data'), async (store) => {
      for (const [version, text] of Object.entries({ a: 'main.main;main.sort 500', b: 'main.main;main.find 200' })) {
        for (const second of [0, 1]) {
          const entry = { kind: 'cpu', labels: { service: 'search', version }, profile: timed(text, second) };
          await store.append({ ...entry, arrivalMillis: 0, requests: 10 });
        }
      }
      const heap = { kind: 'heap', labels: { service: 'search' }, profile: profileFromText('main.main 8') };
      await store.append({ ...heap, arrivalMillis: T0 + 500, requests: null });
    }),
  );
  const exported = (...args: string[]) => runFlamelab('export', '--data', inFolder('data'), ...args);

  test('export writes a profile that go tool pprof reads', async () => {
    const out = inFolder('cpu.pb.gz');
    const { exit, stderr } = await exported('--kind', 'cpu', '--match', '{version="a"}', '--out', out);
    expect([exit, stderr]).toEqual([0, expect.stringContaining(`Written: ${out}`)]);
    expect(await flatOf(out)).toEqual({ 'main.sort': 1_000, 'main.main': 0 });
  });

  test('export writes a page with before and after, and to standard output with --out -', async () => {
    const sides = ['--match', '{version="a"}', '--b-match', '{version="b"}'];
    const { exit, stdout } = await exported('--kind', 'cpu', '--format', 'html', ...sides, '--out', '-');
    expect(exit).toBe(0);
    const json = /<script type="application\/json" id="data">(.*)<\/script>/.exec(stdout)?.[1] ?? '';
    const page = graphPage.parse(JSON.parse(json));
    expect(page).toMatchObject({ per: 'request', whole: { difference: -30 } });
    expect(page.sides.map(({ match, total }) => [match, total[0]])).toEqual([
      ['{version="a"}', 50],
      ['{version="b"}', 20],
    ]);
  });

  test('a selection without profiles, or nothing stored at all: exit 2, and what there is', async () => {
    const none = await exported('--kind', 'cpu', '--match', '{version="c"}', '--out', inFolder('none'));
    expect([none.exit, none.stderr]).toEqual([2, expect.stringContaining('there are 4 of any labels')]);
    const empty = await runFlamelab('export', '--kind', 'cpu', '--data', inFolder('nowhere'), '--out', '-');
    expect([empty.exit, empty.stderr]).toEqual([2, expect.stringContaining('Nothing is stored')]);
    expect((await exported('--out', '-')).stderr).toContain('needs --kind');
    expect((await exported('--kind', 'cpu', '--format', 'svg')).stderr).toContain('Allowed choices are pprof');
  });

  test('a bundle brings everything into another lab, once, with its times, labels and requests', async () => {
    const bundle = inFolder('all.flamelab.gz');
    expect((await exported('--format', 'bundle', '--out', bundle)).exit).toBe(0);
    const other = inFolder('other');
    const first = await runFlamelab('import', bundle, '--data', other);
    expect([first.exit, first.stdout]).toEqual([0, expect.stringContaining('Imported 5 profiles.')]);
    const again = await runFlamelab('import', bundle, '--data', other);
    expect(again.stdout).toContain('5 of them were there already');
    await fillStore(other, async (store) => {
      const windows = await store.listWindows({ kind: 'cpu', selector: [], from: null, to: null });
      expect(windows.map(({ labels, atMillis, requests }) => [labels.version, atMillis - T0, requests]).sort()).toEqual(
        [
          ['a', 0, 10],
          ['a', 1_000, 10],
          ['b', 0, 10],
          ['b', 1_000, 10],
        ],
      );
      const [heap] = await store.listWindows({ kind: 'heap', selector: [], from: null, to: null });
      expect(heap?.atMillis).toBe(T0 + 500);
    });
    const out = inFolder('imported.pb.gz');
    await runFlamelab('export', '--kind', 'cpu', '--data', other, '--out', out);
    expect(await flatOf(out)).toEqual({ 'main.sort': 1_000, 'main.find': 400, 'main.main': 0 });
  });

  test('one profile is one, and files that are no bundle are said to be what they are', async () => {
    const data = inFolder('alone');
    const bundle = inFolder('alone.flamelab.gz');
    await writeFile(bundle, gzipSync(lines(good)));
    const first = await runFlamelab('import', bundle, '--data', data);
    expect(first.stdout).toBe('Imported 1 profile. It is kept whatever its age.\n');
    const again = await runFlamelab('import', bundle, '--data', data);
    expect(again.stdout).toBe('Imported 1 profile, which was there already. It is kept whatever its age.\n');
    const profile = inFolder('cpu.pb.gz');
    await writeFile(profile, Buffer.from(pprof, 'base64'));
    const { exit, stderr } = await runFlamelab('import', profile, '--data', data);
    expect([exit, stderr]).toEqual([
      2,
      expect.stringContaining(`${profile} is a pprof profile, and import takes bundles`),
    ]);
    expect(stderr).toContain(`"flamelab open ${profile}" shows it`);
    const missing = await runFlamelab('import', inFolder('missing.gz'), '--data', data);
    expect(missing.stderr).toBe(`flamelab: ${inFolder('missing.gz')}: there is no such file.\n`);
    const nowhere = inFolder('no/such/out.gz');
    const unwritten = await runFlamelab('export', '--format', 'bundle', '--data', data, '--out', nowhere);
    expect(unwritten.stderr).toContain(`${nowhere}: there is no such folder.`);
  });

  const lines = (...entries: object[]) => {
    const head = { flamelab: 'bundle', version: 1, profiles: entries.length, madeMillis: 0 };
    return `${[head, ...entries].map((line) => JSON.stringify(line)).join('\n')}\n`;
  };
  const pprof = gzipSync(writeProfile(profileFromText('main.main 1'))).toString('base64');
  const good = { kind: 'cpu', labels: { service: 'x' }, atMillis: 0, requests: null, pprof };
  test.each([
    ['not gzip', 'hello', 'line 1: it is not gzip'],
    ['cut off', gzipSync(lines(good)).subarray(0, 60), 'the gzip data ends early'],
    ['a profile less than it says', gzipSync(lines(good).replace(/\{"kind.*\n/, '')), 'it has 1 profiles, and has 0'],
    ['a line without its end', gzipSync(lines(good).trimEnd()), 'it ends in the middle of a line'],
    ['a version to come', gzipSync(lines(good).replace('"version":1', '"version":2')), 'version 2'],
    ['something else', gzipSync('{"a":1}\n'), 'does not start as a bundle'],
    [
      'a kind that is a path',
      gzipSync(lines(good, { ...good, kind: '../cpu' })),
      'line 3: kind: seen "../cpu", expected a lower-case word such as cpu',
    ],
    ['a label of a wrong name', gzipSync(lines(good, { ...good, labels: { 'a b': 'x' } })), 'profile 2 of the bundle'],
    [
      'a broken profile',
      gzipSync(lines(good, { ...good, pprof: 'AAAA' })),
      'profile 2 of the bundle: malformed profile',
    ],
  ])('a bundle with %s is refused as a whole', async (_, bytes, says) => {
    const bundle = inFolder('bad.flamelab.gz');
    await writeFile(bundle, bytes);
    const data = inFolder('untouched');
    const { exit, stderr } = await runFlamelab('import', bundle, '--data', data);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(says)]);
    await fillStore(data, async (store) => expect((await store.stats()).profiles).toBe(0));
  });
});

describe('open starts a lab when none runs', () => {
  test('and not for files that are no profiles', async () => {
    await writeFile(inFolder('page.html'), '<!doctype html>');
    const data = inFolder('never');
    const { exit, stdout, stderr } = await runFlamelab('open', inFolder('page.html'), '--data', data, '--no-open');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('page.html: malformed profile at byte 0: it is a web page');
    expect(existsSync(data)).toBe(false);
  });

  test('that shows the file until it is stopped', async () => {
    await writeFile(inFolder('one.pb'), writeProfile(profileFromText('main.main;main.sort 500')));
    const empty = inFolder('no-go');
    await mkdir(empty);
    const places = ['--data', inFolder('own'), '--workspace', inFolder('own-workspace'), '--port', '0'];
    const args = [join(root, 'server/bin/flamelab.mjs'), 'open', inFolder('one.pb'), '--no-open', ...places];
    const child = withPath(empty, () => spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
    const ended = once(child, 'exit');
    let link = '';
    for await (const line of createInterface({ input: child.stdout })) {
      link = line;
      if (line.startsWith('http')) break;
    }
    const answer = await fetch(link, { redirect: 'manual' });
    expect(answer.headers.get('location')).toMatch(/^\/explore\?kind=cpu&match=.*one\.pb/);
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });
});

describe('with a running lab', () => {
  let lab: ServedLab;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const folders = await createFolders();
    remove = folders.remove;
    const empty = inFolder('empty');
    await mkdir(empty);
    lab = await withPath(empty, () => serveLab(folders)); // without Go: nothing but what this test pushes
    await writeFile(inFolder('a.pb'), writeProfile(timed('main.main;main.sort 500', 0)));
    await writeFile(inFolder('b.pb.gz'), gzipSync(writeProfile(timed('main.main;main.find 200', 0))));
    await writeFile(inFolder('cut.pb'), writeProfile(profileFromText('main.main;main.sort 500')).subarray(0, 40));
  });
  afterAll(async () => {
    await lab.stop();
    await remove();
  });
  const inLab = (command: string, ...args: string[]) => runFlamelab(command, ...args, '--data', lab.data);

  /** What a printed link leads to, once its code is redeemed. */
  async function viewOf(link: string): Promise<URL> {
    const answer = await fetch(link, { redirect: 'manual' });
    expect([answer.status, answer.headers.getSetCookie().length]).toEqual([303, 1]);
    return new URL(answer.headers.get('location') ?? '', link);
  }
  async function totalOf(kind: string, match: string | null): Promise<number> {
    const { body } = await lab.ask(`/api/flamegraph?${new URLSearchParams({ kind, match: match ?? '' })}`);
    return flameGraph.parse(body).total;
  }

  test('open shows two files compared; each of its selectors is that file alone, also when it is opened again', async () => {
    for (let time = 0; time < 2; time++) {
      const { exit, stdout } = await inLab('open', inFolder('a.pb'), inFolder('b.pb.gz'), '--no-open');
      expect(exit).toBe(0);
      const view = await viewOf(stdout.trim());
      expect(view.pathname).toBe('/explore');
      expect(view.searchParams.get('kind')).toBe('cpu');
      expect(view.searchParams.get('match')).toContain('instance="a.pb"');
      expect(await totalOf('cpu', view.searchParams.get('match'))).toBe(500);
      expect(await totalOf('cpu', view.searchParams.get('b.match'))).toBe(200);
    }
  });

  test('open names what is wrong with a file, opens the others, and ends with 2', async () => {
    const { exit, stdout, stderr } = await inLab(
      'open',
      inFolder('cut.pb'),
      inFolder('missing.pb'),
      inFolder('a.pb'),
      '--no-open',
    );
    expect(exit).toBe(2);
    expect(stderr).toMatch(/cut\.pb: malformed profile at byte \d+/);
    expect(stderr).toMatch(/missing\.pb: there is no such file\.\n/);
    expect(stderr).not.toContain('ENOENT');
    expect(stdout, stderr).toMatch(/^http/);
    expect((await viewOf(stdout.trim())).searchParams.get('b.match')).toBeNull();
  });

  test('export and import go through the running lab', async () => {
    const bundle = inFolder('lab.flamelab.gz');
    expect((await inLab('export', '--format', 'bundle', '--out', bundle)).exit).toBe(0);
    expect(gunzipSync(await readFile(bundle)).toString()).toContain('"profiles":2');
    expect((await inLab('import', bundle)).stdout).toContain('2 of them were there already');
    const out = inFolder('lab.pb.gz');
    expect((await inLab('export', '--kind', 'cpu', '--out', out)).exit).toBe(0);
    expect(await flatOf(out)).toMatchObject({ 'main.sort': 500, 'main.find': 200 });
    const page = await inLab('export', '--kind', 'cpu', '--format', 'html', '--out', '-');
    expect(page.stdout).toContain('main.sort');
    const none = await inLab('export', '--kind', 'cpu', '--match', '{service="no"}', '--out', inFolder('no'));
    expect([none.exit, none.stderr]).toEqual([2, expect.stringContaining('no cpu profile lies in this window')]);
  });

  test('a link leads to the page itself and nowhere else', async () => {
    const code = async (to: string) => (await lab.ask('/api/codes', { method: 'POST', body: { to } })).status;
    expect(await code('//evil.example/explore')).toBe(400);
    expect(await code('/explore/../api')).toBe(400);
    const { body } = await lab.ask('/api/codes', { method: 'POST', body: {} });
    const { url } = z.object({ url: z.string() }).parse(body);
    const forged = await fetch(`${url}?to=${encodeURIComponent('https://evil.example/explore')}`, {
      redirect: 'manual',
    });
    expect(forged.status).toBe(400);
    expect((await viewOf(url)).pathname).toBe('/');
  });
});
