import { expect, test } from 'vitest';
import { RequestFailed } from '../../../../client/connection/request.ts';
import {
  chapterOfPath,
  createChaptersStore,
  createSlideGraphsStore,
  exploreSearchOf,
  type GraphWidget,
  instanceOfService,
  keyOfGraph,
  pathOfChapter,
  placeOfSearch,
  searchOfPlace,
} from '../../../../client/state/index.ts';
import type { ChapterView, FlameGraph, RunView } from '../../../../protocol/index.ts';
import { flameGraphFromText } from '../../../support/flame-graph-from-text.ts';
import { createHandClock } from '../../../support/hand-clock.ts';
import { labStateWith } from '../../../support/lab-state.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test.each([
  ['', 1, 'slides'],
  ['?slide=3', 3, 'slides'],
  ['?view=page', 1, 'page'],
  ['?view=page&slide=2', 2, 'page'],
] as const)('%j is slide %i of the %s, and back', (search, slide, view) => {
  expect(placeOfSearch(search, 5)).toEqual({ slide, view });
  expect(searchOfPlace({ slide, view })).toBe(search);
});

test.each([
  ['?slide=99', 5],
  ['?slide=0', 1],
  ['?slide=-3', 1],
  ['?slide=2.9', 2],
  ['?slide=abc', 1],
  ['?slide=', 1],
  ['?view=cube', 1],
])('%s leads to slide %i: the nearest that there is', (search, slide) => {
  expect(placeOfSearch(search, 5)).toEqual({ view: 'slides', slide });
});

test('a chapter has its path, and a path its chapter', () => {
  expect([chapterOfPath('/chapters/01-look'), chapterOfPath('/chapters/01-look/'), chapterOfPath('/chapters')]).toEqual(
    ['01-look', '01-look', null],
  );
  expect(chapterOfPath(pathOfChapter('a/b?c'))).toBe('a/b?c');
  expect(chapterOfPath('/chapters/%E0%A4%A')).toBe('%E0%A4%A');
});

const chapter = (id: string): ChapterView => ({ id, title: id, summary: '', exercises: [], slides: [] });
const notices = { attempt: <T>(_: string, action: () => Promise<T>) => action() };
const memoryOf = (kept: string | null) => {
  let text = kept;
  const setItem = (_: string, next: string) => {
    text = next;
  };
  return { getItem: () => text, setItem };
};

test('of two chapters that were asked for, the later one is shown, whichever answers first', async () => {
  const answers = new Map<string, (view: ChapterView) => void>();
  const readChapter = (id: string) => new Promise<ChapterView>((resolve) => answers.set(id, resolve));
  const chapters = createChaptersStore(
    { listChapters: async () => ({ chapters: [] }), readChapter },
    notices,
    memoryOf(null),
  );
  const both = [chapters.open('a'), chapters.open('b')];
  answers.get('b')?.(chapter('b'));
  answers.get('a')?.(chapter('a'));
  await Promise.all(both);
  expect(chapters.store.get().chapter?.id).toBe('b');
});

test('the first answer to a question stays, also after a reload of the page', () => {
  const api = { listChapters: async () => ({ chapters: [] }), readChapter: async (id: string) => chapter(id) };
  const memory = memoryOf(null);
  const chapters = createChaptersStore(api, notices, memory);
  chapters.answer('q', 0);
  chapters.answer('q', 1);
  expect(createChaptersStore(api, notices, memory).store.get().answers).toEqual({ q: 0 });
});

test.each(['not json', 'null', '[]', '{"q":"1"}', '{"q":-1}', '"text"'])('a memory of %s holds no answers', (kept) => {
  const api = { listChapters: async () => ({ chapters: [] }), readChapter: async (id: string) => chapter(id) };
  expect(createChaptersStore(api, notices, memoryOf(kept)).store.get().answers).toEqual({});
});

const widget: GraphWidget = {
  widget: 'flame-graph',
  service: 'payments',
  kind: 'cpu',
  focus: 'main.(*service).take',
  height: 20,
  numbers: true,
};
const noData = new RequestFailed('no-data', 'nothing there');
type Query = { from: number | null; focus: string | null; match: string; type: string | null };

function openGraphs(answer: (query: Query) => FlameGraph) {
  const clock = createHandClock();
  const asked: Query[] = [];
  const graphs = createSlideGraphsStore(
    {
      readTree: async (query) => {
        asked.push(query);
        return answer(query);
      },
    },
    clock,
  );
  const shown = () => graphs.store.get().graphs[keyOfGraph(widget)];
  return { clock, asked, graphs, shown };
}

test('a graph is of the last five minutes; a focus is the very name of a function', async () => {
  const { asked, graphs, shown, clock } = openGraphs(() => flameGraphFromText('main 3'));
  graphs.follow(widget);
  await settled();
  expect(shown()).toMatchObject({ age: 'live', failure: null, graph: { total: 3 } });
  expect(asked).toEqual([
    expect.objectContaining({
      from: clock.now() - 300_000,
      match: '{service="payments"}',
      type: 'cpu',
      focus: '^main\\.\\(\\*service\\)\\.take$',
    }),
  ]);
  expect(exploreSearchOf(widget)).toContain('kind=cpu');
});

test('when nothing is that new, all that is stored is drawn; when nothing is stored, the reason is kept', async () => {
  const old = openGraphs(({ from }) => {
    if (from !== null) throw noData;
    return flameGraphFromText('main 3');
  });
  old.graphs.follow(widget);
  await settled();
  expect(old.shown()).toMatchObject({ age: 'stored', graph: { total: 3 } });

  const empty = openGraphs(() => {
    throw noData;
  });
  empty.graphs.follow(widget);
  await settled();
  expect(empty.shown()).toMatchObject({ graph: null, failure: { code: 'no-data' } });
});

test('a new window of its kind brings a newer graph, until nobody looks', async () => {
  const { asked, graphs, clock } = openGraphs(() => flameGraphFromText('main 3'));
  const stops = [graphs.follow(widget), graphs.follow(widget)];
  await settled();
  const notice = async (kind: string) => {
    graphs.noticeWindow({ instance: 'payments-1', kind, windows: 1, atMillis: 0, gap: null });
    clock.advance(5_000);
    await settled();
  };
  await notice('heap');
  expect(asked).toHaveLength(1);
  await notice('cpu');
  expect(asked).toHaveLength(2);
  stops[0]?.();
  await notice('cpu');
  expect(asked).toHaveLength(3);
  stops[1]?.();
  await notice('cpu');
  expect(asked).toHaveLength(3);
});

test('a service stands for its fleet’s instance; one that runs beside another is collected under its own name', () => {
  const run = (service: string, role: RunView['role'], instance: string): RunView => ({
    ...{ run: instance, version: 'v', state: 'up', reason: null },
    ...{ service, role, instance },
  });
  const runs = [run('checkout', 'fleet', 'checkout-1'), run('payments', 'support', 'checkout-1-payments')];
  const lab = labStateWith({ fleet: { paused: false, note: null, progress: null, runs } });
  expect(['checkout', 'payments', 'search'].map((service) => instanceOfService(lab, service))).toEqual([
    'checkout-1',
    'payments-1',
    undefined,
  ]);
});
