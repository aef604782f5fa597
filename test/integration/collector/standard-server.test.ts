import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pinAddress } from '../../../server/collector/index.ts';
import { type BuiltPprofServer, buildPprofServer } from '../../support/pprof-server.ts';
import { until } from '../../support/run-flamelab.ts';
import { type Collecting, startCollecting } from './collecting.ts';

let program: BuiltPprofServer;
let collecting: Collecting | undefined;

beforeAll(async () => {
  program = await buildPprofServer();
});
afterEach(() => collecting?.close());
afterAll(() => program.remove());

const kindsOf = ({ entries }: Collecting) => [...new Set(entries.map(({ kind }) => kind))].sort();

test('a standard server brings every kind that its Go has, deltas and snapshots, under its build as version', async () => {
  const server = await program.start();
  collecting = startCollecting();
  collecting.attach(server.url);
  const target = await collecting.target(({ kindHealth }) => kindHealth.every(({ state }) => state !== 'waiting'));
  expect(kindsOf(collecting)).toEqual(target.kinds.toSorted());
  expect(target.kinds).toEqual(expect.arrayContaining(['cpu', 'allocs', 'heap', 'goroutine', 'mutex', 'block']));
  expect(target).toMatchObject({ health: 'up', lastError: null, address: `127.0.0.1:${server.port}` });
  expect(target.labels.version).toMatch(/^[0-9a-f]{12}$/);
  const cpu = collecting.entries.find(({ kind }) => kind === 'cpu');
  expect(cpu?.labels).toEqual({ service: 'mine', instance: 'mine', version: target.labels.version });
  expect(cpu?.profile.durationNanos ?? 0n).toBeGreaterThan(0n);
});

test('a kind that this Go does not have is absent and no error', async () => {
  const server = await program.start();
  collecting = startCollecting();
  collecting.attach(server.url, { wishes: { kinds: ['heap', 'nosuchkind'] } });
  const target = await collecting.target(({ kindHealth }) => kindHealth.every(({ state }) => state !== 'waiting'));
  expect(target.kindHealth.map(({ kind, state, error }) => [kind, state, error])).toEqual([
    ['heap', 'up', null],
    ['nosuchkind', 'absent', null],
  ]);
  expect(target).toMatchObject({ health: 'up', lastError: null, kinds: ['heap'] });
});

test('a second profiler on the same process is said in plain words, and collection goes on after it', async () => {
  const server = await program.start();
  const foreign = fetch(`${server.url}/debug/pprof/profile?seconds=3`);
  collecting = startCollecting();
  await until(
    async () => (await fetch(`${server.url}/debug/pprof/goroutine?debug=2`)).text(),
    (stacks) => stacks.includes('pprof.profileWriter'),
  );
  collecting.attach(server.url, { wishes: { kinds: ['cpu'] } });
  const shared = await collecting.target(({ health }) => health === 'in-use');
  expect(shared.lastError).toContain('another profiler is taking a CPU profile of this process');
  expect(shared.kindHealth[0]?.retryMillis).toBeGreaterThan(0);
  expect((await foreign).status).toBe(200);
  const after = await collecting.target(({ health }) => health === 'up');
  expect(after.lastError).toBeNull();
  expect(collecting.windows.map(({ gap }) => gap)).toContain(shared.lastError);
});

test('a server that dies is said and tried again with longer and longer waits; all kinds go on when it is back', async () => {
  const first = await program.start();
  collecting = startCollecting();
  collecting.attach(first.url, { wishes: { kinds: ['cpu', 'heap', 'goroutine'], intervalMillis: 1_000 } });
  await collecting.target(
    ({ health, kindHealth }) => health === 'up' && kindHealth.every(({ windows }) => windows > 0),
  );
  await first.kill();
  const dead = await collecting.target(({ kindHealth }) => kindHealth.every(({ state }) => state === 'failing'));
  expect(dead.health).toBe('backing-off');
  expect(dead.lastError).toMatch(/(nothing listens there|closed the connection|broke off in the middle)/);
  const before = collecting.entries.length;
  await program.start(first.port);
  await collecting.target(({ kindHealth }) => kindHealth.every(({ state }) => state === 'up'));
  expect(collecting.entries.length).toBeGreaterThan(before);
});

test('of the addresses of a name, the one where something listens is pinned', async () => {
  const server = await program.start();
  const names = async () => [{ address: '::1' }, { address: '127.0.0.2' }, { address: '127.0.0.1' }];
  const pinned = pinAddress(`http://orders.example:${server.port}`, names);
  expect((await pinned.get()).address).toBe('127.0.0.1');
});
