import { z } from 'zod';
import {
  type ChapterAnswers,
  callersTable,
  chapterView,
  type DiffPer,
  diffGraph,
  exerciseView,
  flameGraph,
  type HoverRequest,
  labelBreakdown,
  lineTable,
  loadLine,
  type NewTarget,
  type ProblemsRequest,
  type RecorderRequest,
  routeAnswers,
  type routeBodies,
  type Sampling,
  type SaveRequest,
  saveAnswer,
  saveConflict,
  seriesTable,
  sourceText,
  type TraceGraph,
  target,
  topTable,
  workspaceText,
} from '../../protocol/index.ts';
import { findOtherProtocol } from './page-update.ts';
import {
  type DiffQuery,
  diffParameters,
  exportParameters,
  type ProfileQuery,
  parametersOf,
  type SeriesQuery,
  seriesParameters,
  type Window,
} from './profile-query.ts';
import { type Fetcher, RequestFailed, request, requestFile } from './request.ts';

/** Which profiles: `instance` is a series label; times are Unix milliseconds. */
export type GraphQuery = {
  kind: string;
  type: string;
  instance: string;
  from?: number | undefined;
  to?: number | undefined;
  /** RE2: frames of functions that match are left out, their time stays with the callers. */
  hide?: string | undefined;
};

export type LoadCommand = z.infer<(typeof routeBodies)['POST /api/load']>;
export type Api = ReturnType<typeof createApi>;

const ignored = z.unknown();
const labAnswer = {
  parse(raw: unknown) {
    const other = findOtherProtocol(raw);
    if (other === null) return routeAnswers['GET /api/lab'].parse(raw);
    throw new RequestFailed('other-protocol', 'Page and server are of different builds.', { detail: other });
  },
};
const matchInstance = (instance: string) => `{instance=${JSON.stringify(instance)}}`;
const graphQuery = ({ instance, ...rest }: GraphQuery) => ({ ...rest, match: matchInstance(instance) });

/** The same profiles as a selector. */
export function queryOfGraph({ kind, type, instance, from, to, hide }: GraphQuery): ProfileQuery {
  const reading = { kind, type, focus: null, ignore: null, hide: hide ?? null };
  return { ...reading, match: matchInstance(instance), from: from ?? null, to: to ?? null };
}

/** One method per thing that the page asks of the lab; each returns parsed data or throws RequestFailed. */
export function createApi(fetcher: Fetcher = (url, init) => fetch(url, init)) {
  return {
    ...profileCalls(fetcher),
    ...queryCalls(fetcher),
    ...targetCalls(fetcher),
    ...takeHomeCalls(fetcher),
    ...traceCalls(fetcher),
    ...courseCalls(fetcher),
    ...workspaceCalls(fetcher),
    ...fleetCalls(fetcher),
  };
}

function profileCalls(fetcher: Fetcher) {
  return {
    readFlameGraph: (query: GraphQuery, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/flamegraph', flameGraph, { query: graphQuery(query), signal }),
    readMetric: (name: string, instance: string, from: number, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/metrics', seriesTable, {
        query: { name, match: matchInstance(instance), from },
        signal,
      }),
    createPprofKey: (query: GraphQuery) =>
      request(fetcher, 'POST /api/keys', routeAnswers['POST /api/keys'], {
        body: { query: new URLSearchParams(Object.entries(graphQuery(query)).flatMap(definedPair)).toString() },
      }),
  };
}

/** What is scraped. */
function targetCalls(fetcher: Fetcher) {
  return {
    readTargets: () => request(fetcher, 'GET /api/targets', routeAnswers['GET /api/targets']),
    attachTarget: (body: NewTarget) => request(fetcher, 'POST /api/targets', target, { body }),
    removeTarget: (name: string) =>
      request(fetcher, 'POST /api/targets/:name/remove', ignored, { params: { name }, body: {} }),
    measureOverhead: (name: string) =>
      request(fetcher, 'POST /api/targets/:name/overhead', ignored, { params: { name }, body: {} }),
    setSampling: (body: Partial<Sampling>) =>
      request(fetcher, 'POST /api/sampling', routeAnswers['POST /api/sampling'], { body }),
  };
}

/** Execution traces. */
function traceCalls(fetcher: Fetcher) {
  return {
    readTraces: () => request(fetcher, 'GET /api/traces', routeAnswers['GET /api/traces']),
    recordTrace: (query: { instance: string; kind: 'trace' | 'flight'; seconds?: number }) =>
      request(fetcher, 'POST /api/traces', routeAnswers['POST /api/traces'], { query, body: {} }),
    driveRecorder: (body: RecorderRequest) =>
      request(fetcher, 'POST /api/recorders', routeAnswers['POST /api/recorders'], { body }),
    downloadTrace: (id: string) => requestFile(fetcher, 'GET /api/traces/:id', { params: { id } }),
    drawTrace: (id: string, graph: TraceGraph) =>
      request(fetcher, 'POST /api/traces/:id/graph', routeAnswers['POST /api/traces/:id/graph'], {
        params: { id },
        body: { graph },
      }),
    viewTrace: (id: string) =>
      request(fetcher, 'POST /api/traces/:id/viewer', routeAnswers['POST /api/traces/:id/viewer'], {
        params: { id },
        body: {},
      }),
    removeTrace: (id: string) => request(fetcher, 'POST /api/traces/:id/remove', ignored, { params: { id }, body: {} }),
  };
}

/** Any stored profiles, by selector and time. */
function queryCalls(fetcher: Fetcher) {
  return {
    readTree: (query: ProfileQuery & { by: string | null }, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/flamegraph', flameGraph, {
        query: { ...parametersOf(query), by: query.by ?? undefined },
        signal,
      }),
    readDiff: (query: DiffQuery, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/diff', diffGraph, { query: diffParameters(query), signal }),
    /** `points`: how many of the first rows also bring their course over time. */
    readTop: (query: ProfileQuery & { limit: number | null; points?: number }, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/top', topTable, {
        query: { ...parametersOf(query), limit: query.limit ?? undefined, points: query.points },
        signal,
      }),
    readCallers: (query: ProfileQuery & { function: string }, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/callers', callersTable, {
        query: { ...parametersOf(query), function: query.function },
        signal,
      }),
    readLines: (query: ProfileQuery & { file: string }, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/lines', lineTable, { query: { ...parametersOf(query), file: query.file }, signal }),
    /** Of whole stacks: focus, ignore and hide don't count here. */
    readBreakdown: ({ kind, type, match, from, to }: ProfileQuery, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/breakdown', labelBreakdown, {
        query: parametersOf({ kind, type, match, from, to, focus: null, ignore: null, hide: null }),
        signal,
      }),
    /** `version`: a build's id, null = unknown. Throws RequestFailed `no-source` with the reason. */
    readSource: ({ version, file }: { version: string | null; file: string }, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/source', sourceText, { query: { version: version ?? undefined, file }, signal }),
    readSeries: (query: SeriesQuery, signal?: AbortSignal) =>
      request(fetcher, 'GET /api/series', seriesTable, { query: seriesParameters(query), signal }),
    readKinds: () => request(fetcher, 'GET /api/kinds', routeAnswers['GET /api/kinds']),
    readLabels: () => request(fetcher, 'GET /api/labels', routeAnswers['GET /api/labels']),
    readLabelValues: (name: string, match: string) =>
      request(fetcher, 'GET /api/labels/:name/values', routeAnswers['GET /api/labels/:name/values'], {
        params: { name },
        query: { match: match || undefined },
      }),
  };
}

/** Files that come into the lab, and that leave it. */
function takeHomeCalls(fetcher: Fetcher) {
  return {
    openFile: (name: string, bytes: Blob) =>
      request(fetcher, 'POST /api/files', routeAnswers['POST /api/files'], { query: { name }, bytes }),
    /** A page that needs no lab; with `after`, the query's own windows are "before". */
    exportPage: (query: ProfileQuery, after: Window | null, per: DiffPer | null = null) =>
      requestFile(fetcher, 'GET /api/export/html', { query: exportParameters(query, after, per) }),
    exportBundle: ({ kind, match, from, to }: Window & { kind: string }) =>
      requestFile(fetcher, 'GET /api/export/bundle', {
        query: { kind, match: match || undefined, from: from ?? undefined, to: to ?? undefined },
      }),
  };
}

function definedPair([name, value]: [string, string | number | undefined]): [string, string][] {
  return value === undefined || name === 'type' || name === 'hide' ? [] : [[name, String(value)]];
}

function courseCalls(fetcher: Fetcher) {
  return {
    /** Throws RequestFailed `other-protocol` with the server's number as detail. */
    readLab: () => request(fetcher, 'GET /api/lab', labAnswer),
    listChapters: () => request(fetcher, 'GET /api/chapters', routeAnswers['GET /api/chapters']),
    readChapter: (id: string) => request(fetcher, 'GET /api/chapters/:id', chapterView, { params: { id } }),
    listExercises: () => request(fetcher, 'GET /api/exercises', routeAnswers['GET /api/exercises']),
    readExercise: (slug: string) => request(fetcher, 'GET /api/exercises/:slug', exerciseView, { params: { slug } }),
    openExercise: (slug: string) =>
      request(fetcher, 'POST /api/exercises/:slug/open', ignored, { params: { slug }, body: {} }),
    checkExercise: (slug: string) =>
      request(fetcher, 'POST /api/exercises/:slug/check', ignored, { params: { slug }, body: {} }),
    takeHint: (slug: string) =>
      request(fetcher, 'POST /api/exercises/:slug/hint', exerciseView, { params: { slug }, body: {} }),
    openInstrument: (slug: string, name: string) =>
      request(fetcher, 'POST /api/exercises/:slug/instrument', exerciseView, { params: { slug }, body: { name } }),
    predict: (slug: string, body: { frame: string; share: number }) =>
      request(fetcher, 'POST /api/exercises/:slug/predict', exerciseView, { params: { slug }, body }),
    answerQuestion: (slug: string, body: { question: string; chosen: number }) =>
      request(fetcher, 'POST /api/exercises/:slug/answer', exerciseView, { params: { slug }, body }),
    readProgress: () => request(fetcher, 'GET /api/progress', routeAnswers['GET /api/progress']),
    reviewQuestion: (slug: string, body: { question: string; chosen: number }) =>
      request(fetcher, 'POST /api/exercises/:slug/review', routeAnswers['POST /api/exercises/:slug/review'], {
        params: { slug },
        body,
      }),
    skipExercise: (slug: string) =>
      request(fetcher, 'POST /api/exercises/:slug/skip', exerciseView, { params: { slug }, body: {} }),
    readChapterTest: (chapter: string) =>
      request(fetcher, 'GET /api/chapters/:chapter/test', routeAnswers['GET /api/chapters/:chapter/test'], {
        params: { chapter },
      }),
    takeChapterTest: (chapter: string, body: ChapterAnswers) =>
      request(fetcher, 'POST /api/chapters/:chapter/test', routeAnswers['POST /api/chapters/:chapter/test'], {
        params: { chapter },
        body,
      }),
    resetExercise: (slug: string) =>
      request(fetcher, 'POST /api/exercises/:slug/reset', routeAnswers['POST /api/exercises/:slug/reset'], {
        params: { slug },
        body: {},
      }),
    readSolution: (slug: string) =>
      request(fetcher, 'GET /api/exercises/:slug/solution', routeAnswers['GET /api/exercises/:slug/solution'], {
        params: { slug },
      }),
  };
}

function workspaceCalls(fetcher: Fetcher) {
  return {
    listFiles: () => request(fetcher, 'GET /api/workspace/files', routeAnswers['GET /api/workspace/files']),
    readFile: (path: string) => request(fetcher, 'GET /api/workspace/file', workspaceText, { query: { path } }),
    /** A version conflict is an outcome here, not a failure: both texts are kept and the learner chooses. */
    saveFile: async (body: SaveRequest) => {
      try {
        return { saved: await request(fetcher, 'PUT /api/workspace/file', saveAnswer, { body }), conflict: null };
      } catch (error) {
        if (!(error instanceof RequestFailed) || error.code !== 'version-conflict') throw error;
        return { saved: null, conflict: saveConflict.parse(error.detail) };
      }
    },
    hover: (body: HoverRequest) =>
      request(fetcher, 'POST /api/code/hover', routeAnswers['POST /api/code/hover'], { body }),
    readProblems: (body: ProblemsRequest) =>
      request(fetcher, 'POST /api/code/problems', routeAnswers['POST /api/code/problems'], { body }),
    listSaves: () => request(fetcher, 'GET /api/saves', routeAnswers['GET /api/saves']),
    restoreSave: (id: string) => request(fetcher, 'POST /api/saves/:id/restore', ignored, { params: { id }, body: {} }),
  };
}

function fleetCalls(fetcher: Fetcher) {
  return {
    /** Answers of `{do: 'one'}` come parsed; an answer of another form is left out. */
    driveLoad: async (body: LoadCommand) => {
      const answer = await request(fetcher, 'POST /api/load', routeAnswers['POST /api/load'], { body });
      return (answer.answers ?? []).flatMap((line) => {
        const parsed = loadLine.safeParse(line);
        return parsed.success && parsed.data.event === 'one' ? [parsed.data] : [];
      });
    },
    pauseFleet: (body: { do: 'pause' | 'resume' }) => request(fetcher, 'POST /api/fleet', ignored, { body }),
    readLog: (run: string) => request(fetcher, 'GET /api/logs', routeAnswers['GET /api/logs'], { query: { run } }),
    startTask: (body: { service: string; run: 'test' | 'bench' }) =>
      request(fetcher, 'POST /api/tasks', routeAnswers['POST /api/tasks'], { body }),
    stopTask: (task: string) => request(fetcher, 'POST /api/tasks/:task/stop', ignored, { params: { task }, body: {} }),
  };
}
