import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorBody, flameGraph, routeAnswers, type Target } from '../../../protocol/index.ts';
import { type BuiltPprofServer, buildPprofServer, type PprofServer } from '../../support/pprof-server.ts';
import { createFolders, runFlamelab, type ServedLab, serveLab, until, withPath } from '../../support/run-flamelab.ts';

let program: BuiltPprofServer;
let server: PprofServer;
let folders: Awaited<ReturnType<typeof createFolders>>;
let lab: ServedLab;

/** Without Go the lab has no fleet of its own, which these tests don't need. */
const serve = (...flags: string[]) => withPath('/nowhere', () => serveLab(folders, ...flags));

beforeAll(async () => {
  program = await buildPprofServer();
  server = await program.start();
  folders = await createFolders();
  lab = await serve();
  await lab.ask('/api/targets', { method: 'POST', body: { name: 'first', url: server.url, kinds: ['heap'] } });
});

afterAll(async () => {
  await lab.stop();
  await folders.remove();
  await program.remove();
});

const attach = (...args: string[]) => runFlamelab('attach', ...args, '--data', folders.data);

async function targets(): Promise<Target[]> {
  return routeAnswers['GET /api/targets'].parse((await lab.ask('/api/targets')).body).targets;
}

const messageOf = ({ body }: { body: unknown }): string => errorBody.parse(body).error.message;

test('attach scrapes a program through the running lab; its own labels can be selected', async () => {
  const { exit, stdout } = await attach(
    server.url,
    '--name',
    'orders',
    '--label',
    'service=orders',
    '--label',
    'zone=a',
  );
  expect(stdout).toContain(`Attached orders: ${server.url}, at 127.0.0.1:${server.port}.`);
  expect(stdout).toContain(`Its profiles arrive: http://127.0.0.1:${lab.port}/targets`);
  expect(exit).toBe(0);
  const target = (await targets()).find(({ name }) => name === 'orders');
  expect(target).toMatchObject({ name: 'orders', origin: 'attached', health: 'up', lastError: null });
  expect(target?.labels).toMatchObject({ service: 'orders', instance: 'orders', zone: 'a' });
  const asked = new URLSearchParams({ kind: 'cpu', match: '{service="orders",zone="a",tenant="shop-7"}' });
  const { body } = await until(
    () => lab.ask(`/api/flamegraph?${asked}`),
    ({ status }) => status === 200,
  );
  const { frames, total } = flameGraph.parse(body);
  expect(total).toBeGreaterThan(0);
  expect(frames.map(({ name }) => name)).toContain('main.sortOrders');
  const { values } = routeAnswers['GET /api/labels/:name/values'].parse(
    (await lab.ask('/api/labels/endpoint/values')).body,
  );
  expect(values).toEqual(['GET /orders']);
  const versions = (await lab.ask('/api/labels/version/values?match={service="orders"}')).body;
  expect(versions).toEqual({ values: [target?.labels.version] });
});

test('a pushed profile, gzip or raw, is there for the next query, under its labels and its samples’ own', async () => {
  const gzipped = new Uint8Array(await (await fetch(`${server.url}/debug/pprof/profile?seconds=1`)).arrayBuffer());
  for (const [service, body] of Object.entries({ gzipped, raw: new Uint8Array(gunzipSync(gzipped)) })) {
    const to = `http://127.0.0.1:${lab.port}/api/profiles?kind=cpu&service=${service}&version=v1&label.zone=b`;
    const headers = { authorization: `Bearer ${lab.token}`, 'content-type': 'application/octet-stream' };
    expect((await fetch(to, { method: 'POST', headers, body })).status).toBe(201);
    const match = `{service="${service}",version="v1",zone="b",endpoint="GET /orders"}`;
    const answer = await lab.ask(`/api/flamegraph?${new URLSearchParams({ kind: 'cpu', match })}`);
    expect(flameGraph.parse(answer.body)).toMatchObject({ unit: 'nanoseconds', window: { profiles: 1 } });
  }
});

test('a name that is taken, a fleet’s name, a bad label and a bad address are refused with what to do', async () => {
  expect(await attach(server.url, '--name', 'first')).toMatchObject({
    exit: 2,
    stderr: 'flamelab: There is a target first already: give this one another name.\n',
  });
  expect((await attach(server.url, '--name', 'search-1')).stderr).toContain('search-1 is an instance of the fleet');
  expect((await attach(server.url, '--label', 'a b')).stderr).toContain('a b is not a label: expected NAME=VALUE');
  expect((await attach(server.url, '--name', 'a b')).stderr).toContain('--name: seen "a b", expected letters, digits');
  const metadata = await attach('http://0xA9FEA9FE/latest');
  expect(metadata).toMatchObject({ exit: 2, stdout: '' });
  expect(metadata.stderr).toContain('169.254.169.254 is a link-local');
  expect((await attach('file:///etc/passwd')).stderr).toContain('expected http://HOST:PORT');
  expect((await targets()).map(({ name }) => name)).not.toContain('169.254.169.254-latest');
});

test.each(['localhost', '127.0.0.1', '[::ffff:127.0.0.1]'])('the lab does not attach itself as %s', async (host) => {
  const url = `http://${host}:${lab.port}`;
  const answer = await lab.ask('/api/targets', { method: 'POST', body: { url } });
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toContain('is this lab itself, which is no Go program: attach what serves /debug/pprof');
});

test('kinds that Go does not have are refused with those that it has', async () => {
  const body = { name: 'typo', url: server.url, kinds: ['cpu', 'wat', 'threadcreate'] };
  const answer = await lab.ask('/api/targets', { method: 'POST', body });
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toContain('wat is no kind of profile that Go has: it has cpu, allocs, heap, goroutine');
  expect((await targets()).map(({ name }) => name)).not.toContain('typo');
});

test('what does not answer is attached all the same, and the command says what is wrong', async () => {
  const closed = await program.start();
  await closed.kill();
  const { exit, stdout } = await attach(closed.url, '--name', 'away');
  expect(exit).toBe(0);
  expect(stdout).toMatch(/But http:.* can't be reached: nothing listens there \(ECONNREFUSED\)\. It is tried again/);
  expect((await lab.ask('/api/targets/away/remove', { method: 'POST', body: {} })).status).toBe(200);
  expect((await targets()).map(({ name }) => name)).not.toContain('away');
  expect(messageOf(await lab.ask('/api/targets/away/remove', { method: 'POST', body: {} }))).toBe(
    'There is no target away.',
  );
});

test('overhead is measured on services that tell their CPU time, and nowhere else', async () => {
  const answer = await lab.ask('/api/targets/first/overhead', { method: 'POST', body: {} });
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toContain("The CPU time of first isn't known here");
});

test('attached targets, the sampling, and those of a config file survive a restart; the file’s can’t be removed', async () => {
  const sampling = { instances: 0.5, time: 0.2, periodSeconds: 30 };
  expect((await lab.ask('/api/sampling', { method: 'POST', body: sampling })).body).toEqual(sampling);
  await lab.stop();
  const file = join(folders.workspace, '..', 'lab.json');
  await writeFile(
    file,
    JSON.stringify({
      targets: [
        { name: 'listed', url: server.url, kinds: ['heap'], intervalSeconds: 5, sampling: { always: true } },
        { name: 'lost', url: 'http://nobody.invalid:6060' },
      ],
    }),
  );
  lab = await serve('--config', file);
  const { body } = await until(
    () => lab.ask('/api/targets'),
    (answer) => routeAnswers['GET /api/targets'].parse(answer.body).targets.every(({ health }) => health !== 'waiting'),
  );
  const answer = routeAnswers['GET /api/targets'].parse(body);
  expect(answer.sampling).toEqual(sampling);
  expect(answer.targets.slice(0, 3).map(({ name, origin, health }) => [name, origin, health])).toEqual([
    ['listed', 'config', 'up'],
    ['lost', 'config', 'backing-off'],
    ['first', 'attached', 'up'],
  ]);
  expect(answer.targets[0]?.kindHealth).toMatchObject([{ kind: 'heap', everyMillis: 5_000, windowMillis: 0 }]);
  expect(answer.targets[1]?.lastError).toContain("nobody.invalid can't be found");
  const kept = await lab.ask('/api/targets/listed/remove', { method: 'POST', body: {} });
  expect([kept.status, messageOf(kept)]).toEqual([
    403,
    `listed stands in ${file}: take it out there and start the lab again.`,
  ]);
});

test('a damaged list of targets is kept aside, said, and the lab starts', async () => {
  await lab.stop();
  const file = join(folders.data, 'targets.json');
  await writeFile(file, '{"targets":[{');
  lab = await serve();
  expect(await targets()).toEqual([]);
  expect(await readFile(`${file}.damaged`, 'utf8')).toBe('{"targets":[{');
  expect(lab.stderr()).toContain(`it is kept as ${file}.damaged`);
});

test('without a running lab attach says how to start one: exit 2', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flamelab-'));
  const { exit, stderr } = await runFlamelab('attach', server.url, '--data', folder);
  expect(exit).toBe(2);
  expect(stderr).toBe(
    `flamelab: No lab runs on this data folder. Start it in another terminal with "npm start -- --data ${folder}", then attach again.\n`,
  );
  await rm(folder, { recursive: true });
});

test('a config file that is not there is exit 2', async () => {
  const { exit, stderr } = await runFlamelab('serve', '--no-open', '--config', '/nowhere/lab.json');
  expect(exit).toBe(2);
  expect(stderr).toContain("/nowhere/lab.json: can't be read (ENOENT)");
});
