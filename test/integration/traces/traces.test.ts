import { existsSync } from 'node:fs';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TraceGraph, traceList } from '../../../protocol/index.ts';
import { systemClock } from '../../../server/clock.ts';
import { type Collector, createCollector, DEFAULT_COLLECTOR_SETTINGS } from '../../../server/collector/index.ts';
import type { AppError } from '../../../server/errors.ts';
import { computeTop } from '../../../server/profile/index.ts';
import { createProfileParser } from '../../../server/profile/profile-parser.ts';
import { openStore, type ProfileStore, parseSelector } from '../../../server/store/index.ts';
import type { Traces } from '../../../server/traces/index.ts';
import { openLabTraces } from '../../../server/wiring/open-traces.ts';
import { type OpenFleet, openFleet } from '../../support/open-fleet.ts';
import { buildPprofServer } from '../../support/pprof-server.ts';
import { root, until } from '../../support/run-flamelab.ts';

/** A service on the real internal/serve whose requests queue for one till, which each of them holds for 20 ms. */
const QUEUE = `package main

import (
	"net/http"
	"sync"
	"time"

	"bazaar/internal/serve"
)

type till struct{ mu sync.Mutex }

func (t *till) waitForTheTill() { t.mu.Lock() }

func (t *till) pay(w http.ResponseWriter, r *http.Request) {
	t.waitForTheTill()
	defer t.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	serve.WriteJSON(w, http.StatusOK, "paid")
}

func main() {
	serve.Main("queue", func(uint64) ([]serve.Route, error) {
		t := &till{}
		return []serve.Route{{Pattern: "POST /pay", Handle: t.pay}}, nil
	})
}
`;

let fleet: OpenFleet;
let store: ProfileStore;
let collector: Collector;
let traces: Traces;
let url: string;
let stopPaying: () => Promise<unknown>;
const parser = createProfileParser({ workers: 1 });

beforeAll(async () => {
  fleet = openFleet();
  url = await startQueue();
  stopPaying = startPaying(url);
  store = await openStore({ dir: join(fleet.dir, 'store'), clock: systemClock, log: () => {} });
  const later: { traces: Traces | null } = { traces: null };
  collector = createCollector({
    settings: { ...DEFAULT_COLLECTOR_SETTINGS, elsewhereMetricsMillis: 200 },
    sink: { append: async () => {}, appendMetrics: async () => {} },
    parse: (bytes) => parser.parse(bytes),
    clock: systemClock,
    events: {
      collected() {},
      metrics() {},
      healthChanged() {},
      recorder: (news) => later.traces?.notice(news),
    },
  });
  const labels = { service: 'queue', instance: 'queue-1', version: 'v1' };
  collector.add({ name: 'queue-1', url, labels, ownWindows: true });
  traces = await openTraces();
  later.traces = traces;
});

afterAll(async () => {
  await stopPaying();
  await traces.close();
  await collector.close();
  await store.close();
  await parser.close();
  await fleet.close();
});

async function startQueue(): Promise<string> {
  const files = new Map<string, Uint8Array>([['queue/main.go', new TextEncoder().encode(QUEUE)]]);
  const folder = join(root, 'go-samples');
  const names = ['go.mod', ...(await readdir(join(folder, 'internal/serve'))).map((name) => `internal/serve/${name}`)];
  for (const name of names) files.set(name, await readFile(join(folder, name)));
  const outcome = await fleet.toolchain.build({ service: 'queue', files });
  if (!outcome.ok) throw new Error(outcome.output);
  const spec = { service: 'queue', instance: 'queue-1', version: 'v1', role: 'fleet', restart: false } as const;
  const run = fleet.supervisor.start({ ...spec, binary: outcome.build.binary, args: ['-exit-on-stdin-close'] });
  const ready = await run.ready;
  if (!ready.ok) throw new Error(ready.reason);
  return ready.address;
}

/** Four who pay again and again. */
function startPaying(at: string): () => Promise<unknown> {
  let open = true;
  const payers = Array.from({ length: 4 }, async () => {
    while (open) await (await fetch(`${at}/pay`, { method: 'POST' })).arrayBuffer();
  });
  return () => {
    open = false;
    return Promise.all(payers);
  };
}

function openTraces(toolchain = fleet.toolchain): Promise<Traces> {
  const { processes } = fleet.supervisor;
  const log = (message: string) => void fleet.logged.push(message);
  const parse = (bytes: Uint8Array) => parser.parse(bytes);
  return openLabTraces({ data: fleet.dir, clock: systemClock, collector, toolchain, processes, store, parse, log });
}

const record = (seconds = 1) => traces.record({ service: null, instance: 'queue-1', kind: 'trace', seconds });

async function top(id: string, graph: TraceGraph) {
  const { kind, match, samples } = await traces.draw(id, graph);
  const sums = await store.sumByStack({ kind, selector: parseSelector(match), from: null, to: null }, null);
  return { samples, ...computeTop(sums) };
}

const refusal = (action: Promise<unknown>) => action.then(String, ({ code, message }: AppError) => ({ code, message }));

test('the graphs of a trace name who waited, in nanoseconds, as go tool trace says', async () => {
  const trace = await record();
  expect(trace).toMatchObject({ service: 'queue', instance: 'queue-1', cause: { why: 'asked', seconds: 1 } });
  const sync = await top(trace.id, 'sync');
  const waiter = sync.rows.find(({ name }) => name === 'main.(*till).waitForTheTill');
  expect(sync.unit).toBe('nanoseconds');
  // Four in a queue: three of them wait at any moment.
  expect(waiter?.cum).toBeGreaterThan(1e9);
  expect(waiter?.cum).toBeLessThan(4e9);
  for (const graph of ['sched', 'net', 'syscall'] as const)
    expect((await top(trace.id, graph)).unit).toBe('nanoseconds');
});

test('a graph that was drawn before is not stored twice; it lies where the trace lies in time', async () => {
  const { id, atMillis } = await record();
  const { kind, match } = await traces.draw(id, 'sync');
  await traces.draw(id, 'sync');
  const windows = await store.listWindows({ kind, selector: parseSelector(match), from: null, to: null });
  expect(windows).toHaveLength(1);
  expect(windows[0]).toMatchObject({
    atMillis: atMillis - 1_000,
    labels: { service: 'queue', instance: 'queue-1', version: 'v1', trace: id },
  });
});

test('the recorder keeps the last seconds, and those before a slow request come by themselves', async () => {
  const flight = () => traces.record({ service: 'queue', instance: null, kind: 'flight', seconds: 1 });
  expect(await refusal(flight())).toMatchObject({
    code: 'busy',
    message: expect.stringContaining('switch it on first'),
  });
  expect(await traces.drive({ instance: 'queue-1', on: true, slowMillis: 30 })).toMatchObject({ on: true });
  // What had begun before the recorder ran leaves no snapshot: its own beginning would be missing.
  const slow = () => traces.list().traces.find(({ cause }) => cause.why === 'slow');
  const found = await until(
    async () => slow(),
    (one) => one !== undefined,
  );
  expect(found?.cause).toMatchObject({ why: 'slow', endpoint: 'POST /pay' });
  const kept = await flight();
  for (const id of [kept.id, found?.id ?? '']) {
    expect((await top(id, 'sync')).rows.map(({ name }) => name)).toContain('main.(*till).waitForTheTill');
  }
  expect(traceList.parse(traces.list()).recorders).toMatchObject([{ instance: 'queue-1', on: true, slowMillis: 30 }]);
  expect(await traces.drive({ instance: 'queue-1', on: false, slowMillis: 0 })).toMatchObject({ on: false });
});

test("a foreign trace goes first: the lab's own ends early and says so", async () => {
  // A short window may be there first; it is refused from the moment that the long one runs.
  const own = until(
    () => record(5).catch(() => null),
    (trace) => trace !== null,
  );
  const status = (path: string) => fetch(url + path).then(async (answer) => [answer.status, await answer.text()]);
  await until(
    () => status('/debug/flamelab/trace?millis=50'),
    ([code]) => code === 409,
  );
  const foreign = await fetch(`${url}/debug/pprof/trace?seconds=0.2`);
  expect((await foreign.text()).startsWith('go 1.')).toBe(true);
  const trace = await own;
  expect(trace?.cut).toBe(true);
  expect((await top(trace?.id ?? '', 'sync')).samples).toBeGreaterThan(0);
});

test("Go's own viewer opens a trace on loopback, and ends with the lab's traces", async () => {
  const other = await openTraces();
  const { id } = await record();
  const again = await openTraces();
  await other.close();
  const { url: viewer } = await again.view(id);
  expect(viewer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(viewer)).text()).toContain('Event timeline');
  await again.close();
  await expect(fetch(viewer)).rejects.toThrow();
});

test('what is no trace, or only the beginning of one, is refused with what the tool says', async () => {
  const { id } = await record();
  const { file } = await traces.download(id);
  await truncate(file, 100);
  expect(await refusal(traces.draw(id, 'sync'))).toMatchObject({ code: 'malformed-trace' });
  await writeFile(file, 'go 1.26 trace\0\0\0 and then nothing of the sort');
  expect(await refusal(traces.draw(id, 'sync'))).toMatchObject({
    code: 'malformed-trace',
    message: expect.stringMatching(/go tool trace/),
  });
  await writeFile(file, '<!doctype html>');
  expect(await refusal(traces.view(id))).toMatchObject({ code: 'malformed-trace' });
  await writeFile(file, '');
  expect(await refusal(traces.draw(id, 'net'))).toMatchObject({ code: 'malformed-trace' });
  await traces.remove(id);
  expect(existsSync(file)).toBe(false);
});

test('without Go a trace is kept and can be downloaded, not drawn or viewed', async () => {
  const bare = openFleet({ goCommand: '/nowhere/go' });
  try {
    const { id } = await record();
    const without = await openTraces(bare.toolchain);
    expect(await refusal(without.draw(id, 'sync'))).toMatchObject({ code: 'go-missing' });
    expect(await refusal(without.view(id))).toMatchObject({ code: 'go-missing' });
    expect((await readFile((await without.download(id)).file)).subarray(0, 8).toString()).toMatch(/^go 1\.\d\d $/);
  } finally {
    await bare.close();
  }
});

test('a program that nobody here wrote is traced at its standard endpoint; one that is gone says so', async () => {
  const program = await buildPprofServer();
  const server = await program.start();
  collector.add({ name: 'mine', url: server.url, labels: { service: 'mine', instance: 'mine' }, ownWindows: false });
  const mine = () => traces.record({ service: 'mine', instance: 'mine', kind: 'trace', seconds: 1 });
  const { id } = await mine();
  expect((await top(id, 'sched')).samples).toBeGreaterThan(0);
  await program.remove();
  expect(await refusal(mine())).toMatchObject({ code: 'no-data', message: expect.stringContaining('nothing listens') });
});
