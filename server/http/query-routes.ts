import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Express } from 'express';
import { DIFF_PER } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import type { StackPatterns } from '../profile/filter-stacks.ts';
import type { BlockSums, StackSums } from '../profile/stack-sums.ts';
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
  oneOf,
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
/** Rows of a table that bring their course over time. */
const MAX_COURSES = 1_000;

export const WINDOW = { match: optionalText, from: timeParameter, to: timeParameter };
export const SELECTION = { kind: kindParameter, ...WINDOW };
const PATTERNS = { type: optionalText, focus: optionalText, ignore: optionalText, hide: optionalText };
export const STACKS = { ...SELECTION, ...PATTERNS };
const FRAMES = wholeNumber({ min: 0, max: MAX_FRAMES, absent: DEFAULT_FRAMES });
const COURSES = wholeNumber({ min: 0, max: MAX_COURSES, absent: 0 });
const PPROF = { ...SELECTION, key: optionalText };
const NOTHING = {};

/** Windows beyond this many are taken together for intervals: enough to know their spread, and neighbours are alike. */
export const MAX_BLOCKS = 64;

interface Read extends Partial<StackPatterns> {
  readonly kind: string;
  readonly match: string | null;
  readonly from: number | null;
  readonly to: number | null;
}
type Stacks = Read & StackPatterns & { readonly type: string | null };

export interface QueryRouteOptions {
  readonly store: ProfileStore;
  readonly profiles: ProfileFunctions;
}

/** Reading stored profiles and metrics (DESIGN.md section 4). */
export function addQueryRoutes(app: Express, { store, profiles }: QueryRouteOptions): void {
  addStackRoutes(app, { store, profiles });
  addDiffRoute(app, { store, profiles });
  addSeriesRoutes(app, { store, profiles });
  addLabelRoutes(app, { store, profiles });
  addRawRoute(app, 'GET /api/pprof', [], async (request, response) => {
    const { kind, bytes } = await exportPprof(queryOf(request), { store, profiles });
    response.set('Content-Disposition', `attachment; filename="${kind}.pb.gz"`);
    response.type('application/octet-stream').send(bytes);
  });
}

/** The merged profile of a selection as gzip pprof. Rejects `no-data`: an empty file would look like an idle service. */
export async function exportPprof(
  query: URLSearchParams,
  { store, profiles }: QueryRouteOptions,
): Promise<{ kind: string; bytes: Uint8Array }> {
  const selection = readPprofSelection(query, profiles);
  const merged = await store.merge(selection);
  await checkReached(store, selection, { window: await store.extent(selection) });
  const bytes = await promisify(gzip)(profiles.writeProfile(merged));
  return { kind: selection.kind, bytes };
}

/** The parameters of /api/pprof; also used to refuse a key for a query that could not work. */
export function readPprofSelection(query: URLSearchParams, profiles: ProfileFunctions): Selection {
  return selectionFrom(readParameters(query, PPROF), profiles);
}

function addStackRoutes(app: Express, { store, profiles }: QueryRouteOptions): void {
  const find = async (read: Stacks): Promise<StackSums> => {
    const selection = selectionFrom(read, profiles);
    const sums = await store.sumByStack(selection, read.type);
    await checkReached(store, selection, sums);
    return profiles.filterStacks(sums, read);
  };
  addRoute(app, 'GET /api/flamegraph', async (request) => {
    const read = readParameters(queryOf(request), { ...STACKS, by: labelParameter, maxFrames: FRAMES });
    const { type, by } = read;
    const selection = selectionFrom(read, profiles);
    const sums = await sumByLabel({ selection, type, by }, { store, profiles });
    await checkReached(store, selection, sums);
    return profiles.computeFlameGraph(profiles.filterStacks(sums, read), { maxFrames: read.maxFrames });
  });
  addRoute(app, 'GET /api/top', async (request) => {
    const rows = wholeNumber({ min: 1, max: MAX_FRAMES, absent: null });
    const read = readParameters(queryOf(request), { ...STACKS, limit: rows, points: COURSES });
    const selection = selectionFrom(read, profiles);
    const blocks = await store.sumByBlock(selection, read.type, MAX_BLOCKS);
    await checkReached(store, selection, blocks.sums);
    const table = profiles.computeTopWithIntervals(profiles.filterBlocks(blocks, read), { points: read.points });
    return read.limit === null ? table : { ...table, rows: table.rows.slice(0, read.limit) };
  });
  addRoute(app, 'GET /api/callers', async (request) => {
    const read = readParameters(queryOf(request), { ...STACKS, function: requiredText, maxFrames: FRAMES });
    const table = profiles.computeCallers(await find(read), read.function, { maxFrames: read.maxFrames });
    if (table !== null) return table;
    throw new AppError('no-data', `no stack here runs through a function called ${quoted(read.function)}`);
  });
  addRoute(app, 'GET /api/lines', async (request) => {
    const read = readParameters(queryOf(request), { ...STACKS, file: requiredText });
    const table = profiles.computeLines(await find(read), read.file);
    if (table !== null) return table;
    throw new AppError('no-data', `no stack here runs through a file called ${quoted(read.file)}`);
  });
}

function addDiffRoute(app: Express, { store, profiles }: QueryRouteOptions): void {
  addRoute(app, 'GET /api/diff', async (request) => {
    const read = readParameters(queryOf(request), {
      ...PATTERNS,
      kind: kindParameter,
      'a.match': optionalText,
      'a.from': timeParameter,
      'a.to': timeParameter,
      'b.match': optionalText,
      'b.from': timeParameter,
      'b.to': timeParameter,
      per: oneOf(DIFF_PER),
      maxFrames: FRAMES,
    });
    const side = async (name: 'a' | 'b'): Promise<BlockSums> => {
      const range = { from: read[`${name}.from`], to: read[`${name}.to`] };
      const selection = selectionFrom({ ...read, match: read[`${name}.match`], ...range }, profiles);
      const blocks = await store.sumByBlock(selection, read.type, MAX_BLOCKS);
      await checkReached(store, selection, { ...blocks.sums, side: name });
      return profiles.filterBlocks(blocks, read);
    };
    const a = await side('a');
    const b = await side('b');
    return profiles.computeDiff(a, b, { per: read.per, maxFrames: read.maxFrames });
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

export function selectionFrom(read: Read, profiles: ProfileFunctions): Selection {
  const { kind, match, from, to, focus = null, ignore = null, hide = null } = read;
  checkWindow(from, to);
  const forPatterns = focus !== null || ignore !== null || hide !== null;
  return { kind, selector: profiles.parseSelector(match ?? '{}'), from, to, forPatterns };
}

/** `no-data`, with what there is instead, when a selection has no window at all. */
export async function checkReached(
  store: Pick<ProfileStore, 'extent'>,
  selection: Selection,
  { window, side }: { readonly window: { readonly profiles: number }; readonly side?: 'a' | 'b' },
): Promise<void> {
  if (window.profiles > 0) return;
  const { kind, selector } = selection;
  const everywhen = await store.extent({ kind, selector, from: null, to: null });
  const anything = await store.extent({ kind, selector: [], from: null, to: null });
  const [found, which] = everywhen.profiles > 0 ? [everywhen, 'that match'] : [anything, 'of any labels'];
  const times = `${found.profiles} ${which}, from ${isoTime(found.firstMillis)} to ${isoTime(found.lastMillis)}`;
  const where = side === undefined ? 'in this window' : `in window ${side}`;
  throw new AppError('no-data', `no ${kind} profile lies ${where}; there are ${times}`, {
    detail: { kind, ...(side && { side }), matching: everywhen, all: anything },
  });
}

const isoTime = (millis: number | null): string => (millis === null ? 'never' : new Date(millis).toISOString());

const quoted = (text: string): string => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
