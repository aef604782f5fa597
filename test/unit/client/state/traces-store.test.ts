import { expect, test } from 'vitest';
import { createNotices } from '../../../../client/state/notices.ts';
import { createTracesStore } from '../../../../client/state/traces-store.ts';
import { DEFAULT_SAMPLING, type Trace, type TraceList } from '../../../../protocol/index.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const trace = { id: '0123456789ab', instance: 'search-1' } as Trace;

function open(given: { samples?: number; refuse?: boolean } = {}) {
  const { samples = 3, refuse = false } = given;
  const clock = createHandClock();
  const asked: string[] = [];
  const list: TraceList = { traces: [trace], recorders: [], limits: { traces: 1, bytes: 1 } };
  const call = async <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    if (refuse) throw new Error('Somebody else is tracing search-1');
    return answer;
  };
  const api = {
    readTraces: async () => list,
    readTargets: async () => ({ targets: [], sampling: DEFAULT_SAMPLING }),
    recordTrace: (query: object) => call(`record ${JSON.stringify(query)}`, trace),
    driveRecorder: (body: object) =>
      call(`drive ${JSON.stringify(body)}`, {
        ...{ service: 'search', instance: 'search-1', available: true },
        ...{ on: true, untilMillis: 0, slowMillis: 0 },
      }),
    downloadTrace: (id: string) => call(`download ${id}`, new Blob()),
    drawTrace: (id: string, graph: string) =>
      call(`draw ${id} ${graph}`, { kind: `trace-${graph}`, match: `{trace="${id}"}`, samples }),
    viewTrace: (id: string) => call(`view ${id}`, { url: 'http://127.0.0.1:1' }),
    removeTrace: (id: string) => call(`remove ${id}`, {}),
  };
  const notices = createNotices(clock);
  return { asked, notices, traces: createTracesStore(api, notices, clock) };
}

const texts = ({ store }: ReturnType<typeof createNotices>) => store.get().notices.map(({ text }) => text);

test('a recording is under way until it is there', async () => {
  const { traces, asked } = open();
  const recording = traces.record('search-1', 2);
  expect(traces.store.get().task).toEqual({ do: 'record', instance: 'search-1', seconds: 2 });
  await recording;
  expect(traces.store.get()).toMatchObject({ task: null, list: { traces: [trace] } });
  expect(asked).toEqual(['record {"instance":"search-1","kind":"trace","seconds":2}']);
});

test('a refusal is a notice, and the next can be tried', async () => {
  const { traces, notices } = open({ refuse: true });
  await traces.keepFlight('search-1');
  expect(texts(notices)).toEqual(['Keep the last seconds of search-1: Somebody else is tracing search-1']);
  expect(traces.store.get().task).toBe(null);
  expect(await traces.view(trace)).toBe(null);
});

test('a graph is a view of Explore; one without samples is a notice', async () => {
  const query = `kind=trace-sync&match=${encodeURIComponent('{trace="0123456789ab"}')}`;
  expect(await open().traces.draw(trace, 'sync')).toBe(`/explore?${query}`);
  const { traces, notices } = open({ samples: 0 });
  expect(await traces.draw(trace, 'net')).toBe(null);
  expect(texts(notices)).toEqual(['Nobody waited for the network in this trace.']);
});

test('where a viewer listens is remembered for its trace', async () => {
  const { traces } = open();
  await traces.view(trace);
  await settle();
  expect(traces.store.get().viewers).toEqual({ '0123456789ab': 'http://127.0.0.1:1' });
});
