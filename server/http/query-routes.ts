import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Express } from 'express';
import type { ProfileStore, Selection } from '../store/profile-store.ts';
import { addRawRoute, addRoute, pathPart } from './add-route.ts';
import { chooseStep } from './choose-step.ts';
import { queryOf } from './gate.ts';
import type { ProfileFunctions } from './profile-functions.ts';
import {
  checkWindow,
  kindParameter,
  labelList,
  labelParameter,
  optionalText,
  readParameters,
  requiredText,
  stepParameter,
  timeParameter,
  wholeNumber,
} from './query-parameters.ts';
import { sumByLabel } from './sum-by-label.ts';

const DEFAULT_FRAMES = 20_000;
const MAX_FRAMES = 10_000_000;

const WINDOW = { match: optionalText, from: timeParameter, to: timeParameter };
const SELECTION = { kind: kindParameter, ...WINDOW };
const STACKS = { ...SELECTION, type: optionalText, focus: optionalText, ignore: optionalText, hide: optionalText };
const PPROF = { ...SELECTION, key: optionalText };
const NOTHING = {};

export interface QueryRouteOptions {
  readonly store: ProfileStore;
  readonly profiles: ProfileFunctions;
}

/** Reading stored profiles and metrics (DESIGN.md section 4). */
export function addQueryRoutes(app: Express, { store, profiles }: QueryRouteOptions): void {
  addStackRoutes(app, { store, profiles });
  addSeriesRoutes(app, { store, profiles });
  addLabelRoutes(app, { store, profiles });
  addRawRoute(app, 'GET /api/pprof', [], async (request, response) => {
    const selection = readPprofSelection(queryOf(request), profiles);
    const bytes = await promisify(gzip)(profiles.writeProfile(await store.merge(selection)));
    response.set('Content-Disposition', `attachment; filename="${selection.kind}.pb.gz"`);
    response.type('application/octet-stream').send(bytes);
  });
}

/** The parameters of /api/pprof; also used to refuse a key for a query that could not work. */
export function readPprofSelection(query: URLSearchParams, profiles: ProfileFunctions): Selection {
  return selectionFrom(readParameters(query, PPROF), profiles);
}

function addStackRoutes(app: Express, { store, profiles }: QueryRouteOptions): void {
  addRoute(app, 'GET /api/flamegraph', async (request) => {
    const frames = wholeNumber({ min: 0, max: MAX_FRAMES, absent: DEFAULT_FRAMES });
    const read = readParameters(queryOf(request), { ...STACKS, by: labelParameter, maxFrames: frames });
    const { type, by } = read;
    const sums = await sumByLabel({ selection: selectionFrom(read, profiles), type, by }, { store, profiles });
    return profiles.computeFlameGraph(profiles.filterStacks(sums, read), { maxFrames: read.maxFrames });
  });
  addRoute(app, 'GET /api/top', async (request) => {
    const rows = wholeNumber({ min: 1, max: MAX_FRAMES, absent: null });
    const read = readParameters(queryOf(request), { ...STACKS, limit: rows });
    const sums = await store.sumByStack(selectionFrom(read, profiles), read.type);
    const table = profiles.computeTop(profiles.filterStacks(sums, read));
    return read.limit === null ? table : { ...table, rows: table.rows.slice(0, read.limit) };
  });
}

function addSeriesRoutes(app: Express, { store, profiles }: QueryRouteOptions): void {
  addRoute(app, 'GET /api/series', async (request) => {
    const read = readParameters(queryOf(request), {
      ...SELECTION,
      type: optionalText,
      step: stepParameter,
      by: labelList,
    });
    const stepMillis = chooseStep(read);
    return store.series(selectionFrom(read, profiles), { type: read.type, stepMillis, by: read.by });
  });
  addRoute(app, 'GET /api/metrics', async (request) => {
    const read = readParameters(queryOf(request), { ...WINDOW, name: requiredText, step: stepParameter });
    const { from, to } = read;
    checkWindow(from, to);
    const selector = profiles.parseSelector(read.match ?? '{}');
    return store.metrics(read.name, selector, { from, to, stepMillis: chooseStep(read) });
  });
}

function addLabelRoutes(app: Express, { store, profiles }: QueryRouteOptions): void {
  addRoute(app, 'GET /api/labels', async (request) => {
    readParameters(queryOf(request), NOTHING);
    return { labels: await store.labelNames() };
  });
  addRoute(app, 'GET /api/labels/:name/values', async (request) => {
    const { match } = readParameters(queryOf(request), { match: optionalText });
    return { values: await store.labelValues(pathPart(request, 'name'), profiles.parseSelector(match ?? '{}')) };
  });
  addRoute(app, 'GET /api/kinds', async (request) => {
    readParameters(queryOf(request), NOTHING);
    return { kinds: await store.kinds() };
  });
}

function selectionFrom(
  read: { kind: string; match: string | null; from: number | null; to: number | null },
  profiles: ProfileFunctions,
): Selection {
  checkWindow(read.from, read.to);
  return { kind: read.kind, selector: profiles.parseSelector(read.match ?? '{}'), from: read.from, to: read.to };
}
