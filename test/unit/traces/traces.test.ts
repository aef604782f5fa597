import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ServiceFlight } from '../../../protocol/index.ts';
import { AppError } from '../../../server/errors.ts';
import { DEFAULT_TRACE_LIMITS, openTraces, type TracesParts, type TraceTarget } from '../../../server/traces/index.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const TRACE = new TextEncoder().encode('go 1.26 trace\0\0\0 and events');
const OFF: ServiceFlight = { available: true, on: false, untilMillis: 0, slowMillis: 0, kept: null };
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
type Answer = Partial<Awaited<ReturnType<TraceTarget['ask']>>> & { text?: string };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-traces-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function open(answer: Answer | ((path: string) => Promise<Answer>) = {}, more: Partial<TracesParts> = {}) {
  const clock = createHandClock();
  const asked: string[] = [];
  const stored: Parameters<TracesParts['store']>[0][] = [];
  const logged: string[] = [];
  const target = (name: string, ownWindows: boolean): TraceTarget => ({
    name,
    labels: { service: name.split('-')[0] ?? '', instance: name, version: 'v1' },
    ownWindows,
    async ask(method, path, { timeoutMillis }) {
      asked.push(`${method} ${name}${path} ${timeoutMillis}`);
      const { text, ...given } = typeof answer === 'function' ? await answer(path) : answer;
      const bytes = text === undefined ? TRACE : new TextEncoder().encode(text);
      return { status: 200, bytes, interrupted: false, ...given };
    },
  });
  const targets = [target('search-1', true), target('search-2', true), target('mine', false)];
  const traces = await openTraces({
    clock,
    folder,
    limits: DEFAULT_TRACE_LIMITS,
    targets: () => targets,
    convert: async () => new Uint8Array([1]),
    async store(profile) {
      stored.push(profile);
      return { match: `{trace="${profile.labels.trace}"}`, samples: 2 };
    },
    startViewer: async () => ({ url: 'http://127.0.0.1:1', ended: new Promise(() => {}), end: async () => {} }),
    log: (message) => logged.push(message),
    ...more,
  });
  return { traces, asked, stored, logged, clock, targets };
}

const ask = (instance: string | null, more: object = {}) =>
  ({ service: null, instance, kind: 'trace', seconds: 2, ...more }) as const;
const codeOf = (action: Promise<unknown>) => action.then(String, (cause) => (cause as AppError).code);
const messageOf = (action: Promise<unknown>) => action.then(String, (cause) => (cause as AppError).message);

test('the fleet is asked at its own endpoint, others at the standard one; the bytes are kept as they came', async () => {
  const { traces, asked } = await open();
  const trace = await traces.record(ask('search-1'));
  await traces.record(ask('mine', { seconds: 5 }));
  expect(asked).toEqual([
    'GET search-1/debug/flamelab/trace?millis=2000 12000',
    'GET mine/debug/pprof/trace?seconds=5 15000',
  ]);
  expect(trace).toMatchObject({ service: 'search', instance: 'search-1', cause: { why: 'asked', seconds: 2 } });
  const { file, name } = await traces.download(trace.id);
  expect([...(await readFile(file))]).toEqual([...TRACE]);
  expect(name).toBe(`search-1-${trace.id}.trace`);
});

test('a service without a named instance is its first one; nobody is not found', async () => {
  const { traces } = await open();
  expect(await traces.record({ service: 'search', instance: null, kind: 'flight', seconds: 2 })).toMatchObject({
    instance: 'search-1',
    cause: { why: 'flight' },
  });
  expect(await codeOf(traces.record(ask('search-3')))).toBe('not-found');
  expect(await codeOf(traces.record(ask('search-1', { service: 'mine' })))).toBe('not-found');
});

test.each([
  [{ text: '' }, 'malformed-trace'],
  [{ text: '<!doctype html>' }, 'malformed-trace'],
  [{ text: 'go 1.26 trace' }, 'malformed-trace'],
  [{ status: 404, text: '404 page not found' }, 'no-data'],
  [{ status: 409, text: '{"error":{"code":"trace-in-use"}}' }, 'busy'],
  [{ status: 409, text: '{"error":{"code":"flight-recorder-off"}}' }, 'busy'],
  [{ status: 500, text: 'Could not enable tracing: tracing is already enabled' }, 'busy'],
  [{ status: 501, text: '{}' }, 'no-data'],
  [{ status: 503, text: 'no' }, 'no-data'],
])('an answer of %j is %s, and nothing is kept', async (answer, code) => {
  const { traces } = await open(answer);
  expect(await codeOf(traces.record(ask('search-1')))).toBe(code);
  expect(traces.list().traces).toEqual([]);
});

test('while one is recorded a second of the same target is refused, of another not', async () => {
  const waiting: (() => void)[] = [];
  const { traces } = await open(() => new Promise((resolve) => waiting.push(() => resolve({}))));
  const first = traces.record(ask('search-1'));
  expect(await codeOf(traces.record(ask('search-1')))).toBe('busy');
  const other = traces.record(ask('search-2'));
  for (const go of waiting) go();
  await Promise.all([first, other]);
  const again = traces.record(ask('search-1'));
  waiting.at(-1)?.();
  await again;
  expect(traces.list().traces).toHaveLength(3);
});

test('a trace that somebody cut short says so', async () => {
  const { traces } = await open({ interrupted: true });
  expect(await traces.record(ask('search-1'))).toMatchObject({ cut: true });
});

test('a graph is stored with the labels of its target, its time and its length', async () => {
  const { traces, stored, clock } = await open();
  const { id } = await traces.record(ask('search-1'));
  expect(await traces.draw(id, 'sync')).toEqual({ kind: 'trace-sync', match: `{trace="${id}"}`, samples: 2 });
  expect(stored[0]).toMatchObject({
    kind: 'trace-sync',
    labels: { service: 'search', instance: 'search-1', version: 'v1', trace: id },
    startMillis: clock.now() - 2_000,
    durationMillis: 2_000,
  });
  expect(await codeOf(traces.draw('0123456789ab', 'sync'))).toBe('not-found');
});

test('what the tool refuses is said, and the trace stays', async () => {
  const refused = new AppError('go-missing', 'Go was not found');
  const { traces } = await open({}, { convert: () => Promise.reject(refused) });
  const { id } = await traces.record(ask('search-1'));
  expect(await codeOf(traces.draw(id, 'net'))).toBe('go-missing');
  expect(traces.list().traces).toHaveLength(1);
});

test('a recorder is switched on for ten minutes, and off at once; the list knows it', async () => {
  const on = { ...OFF, on: true, untilMillis: 1_600_000, slowMillis: 100 };
  const { traces, asked, clock } = await open({ text: JSON.stringify(on) });
  expect(await traces.drive({ instance: 'search-1', on: true, slowMillis: 100 })).toMatchObject({ on: true });
  await traces.drive({ instance: 'search-1', on: false, slowMillis: 0 });
  expect(asked).toEqual([
    'POST search-1/debug/flamelab/flight?seconds=600&slowMillis=100 10000',
    'POST search-1/debug/flamelab/flight?seconds=0&slowMillis=0 10000',
  ]);
  const shown = () => traces.list().recorders.map(({ instance, on }) => [instance, on]);
  expect(shown()).toEqual([
    ['search-1', true],
    ['search-2', false],
  ]);
  clock.advance(600_000);
  expect(shown()[0]).toEqual(['search-1', false]);
  expect(await messageOf(traces.drive({ instance: 'mine', on: true, slowMillis: 0 }))).toContain('fleet');
});

test('the snapshot of a slow request is fetched once, whoever says again that it is there', async () => {
  const { traces, asked } = await open();
  const kept = { id: 3, unixMillis: 990_000, endpoint: 'GET /report', millis: 412, bytes: 9 };
  const news = { target: 'search-1', labels: {}, flight: { ...OFF, kept } };
  const thereAre = async (count: number) => {
    while (traces.list().traces.length < count) await settle();
  };
  traces.notice(news);
  traces.notice(news);
  await thereAre(1);
  traces.notice(news);
  await settle();
  expect(asked).toEqual(['GET search-1/debug/flamelab/flight/slow/3 10000']);
  expect(traces.list().traces).toMatchObject([
    { atMillis: 990_000, cause: { why: 'slow', endpoint: 'GET /report', millis: 412 } },
  ]);
  traces.notice({ ...news, flight: { ...OFF, kept: { ...kept, id: 4, unixMillis: 995_000 } } });
  await thereAre(2);
});

test('a snapshot that is gone when it is fetched is logged, and not asked for again', async () => {
  const { traces, asked, logged } = await open({ status: 404, text: '{}' });
  const kept = { id: 1, unixMillis: 1, endpoint: 'GET /x', millis: 200, bytes: 9 };
  for (let times = 0; times < 2; times++) {
    traces.notice({ target: 'search-1', labels: {}, flight: { ...OFF, kept } });
    await settle();
  }
  expect([asked.length, logged.length, traces.list().traces.length]).toEqual([1, 1, 0]);
});

test('removed is removed', async () => {
  const { traces } = await open();
  const { id } = await traces.record(ask('search-1'));
  await traces.remove(id);
  expect(await codeOf(traces.download(id))).toBe('not-found');
  expect(await codeOf(traces.remove(id))).toBe('not-found');
});
