import { pipeline } from 'node:stream/promises';
import express, { type Express, type Request } from 'express';
import { DIFF_PER, type DiffPer, SNAPSHOT_KINDS } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { BlockSums, WindowSummary } from '../profile/stack-sums.ts';
import type { ProfileStore } from '../store/profile-store.ts';
import { addRawRoute } from './add-route.ts';
import { exportBundle } from './export-bundle.ts';
import type { ExportFunctions } from './export-functions.ts';
import { queryOf } from './gate.ts';
import { importBundle } from './import-bundle.ts';
import type { ProfileFunctions } from './profile-functions.ts';
import { oneOf, optionalText, readParameters, timeParameter } from './query-parameters.ts';
import { checkReached, MAX_BLOCKS, STACKS, selectionFrom } from './query-routes.ts';

export interface ExportOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly store: ProfileStore;
  readonly profiles: ProfileFunctions;
  readonly exports: ExportFunctions;
}

const PAGE = {
  ...STACKS,
  'b.match': optionalText,
  'b.from': timeParameter,
  'b.to': timeParameter,
  per: oneOf(['', ...DIFF_PER]),
};

/** A file to be kept; `name` is plain ASCII. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** Files that leave the lab. The browser saves them: none is ever shown as a page of this origin. */
export function addExportRoutes(app: Express, options: ExportOptions): void {
  addRawRoute(app, 'GET /api/export/html', [], async (request, response) => {
    const { name, text } = await exportGraphPage(queryOf(request), options);
    response.set('Content-Disposition', `attachment; filename="${name}"`);
    response.type('text/html; charset=utf-8').send(text);
  });
  addRawRoute(app, 'GET /api/export/bundle', [], async (request, response) => {
    const bundle = await exportBundle(queryOf(request), options);
    response.set('Content-Disposition', 'attachment; filename="profiles.flamelab.gz"');
    response.type('application/gzip');
    await pipeline(bundle, response);
  });
  const readBody = express.raw({ type: () => true, limit: options.exports.mostBundleBytes, inflate: false });
  addRawRoute(app, 'POST /api/bundles', [readBody], async (request, response) => {
    readParameters(queryOf(request), {});
    response.status(201).json(await importBundle(bytesOf(request), options));
  });
}

function bytesOf(request: Request): Uint8Array {
  const body: unknown = request.body;
  if (body instanceof Uint8Array && body.byteLength > 0) return body;
  throw new AppError('malformed-bundle', 'The body is empty; expected a bundle, as GET /api/export/bundle answers.');
}

/** The page of one selection or, with any of `b.match`, `b.from`, `b.to`, of two: the first is "before". */
export async function exportGraphPage(query: URLSearchParams, options: ExportOptions): Promise<ExportedFile> {
  const { clock, store, profiles, exports } = options;
  const read = readParameters(query, PAGE);
  const sides = [{ match: read.match, from: read.from, to: read.to }];
  const b = { match: read['b.match'], from: read['b.from'], to: read['b.to'] };
  if (b.match !== null || b.from !== null || b.to !== null) sides.push(b);
  const blocks: BlockSums[] = [];
  for (const side of sides) {
    const selection = selectionFrom({ ...read, ...side }, profiles);
    const found = await store.sumByBlock(selection, read.type, MAX_BLOCKS);
    await checkReached(store, selection, found.sums);
    blocks.push(profiles.filterBlocks(found, read));
  }
  const heading = {
    kind: read.kind,
    madeMillis: clock.now(),
    patterns: { focus: read.focus, ignore: read.ignore, hide: read.hide },
    match: sides.map(({ match }) => match ?? '{}'),
  };
  const [before, after] = blocks;
  const maxFrames = exports.mostPageFrames;
  if (before !== undefined && after !== undefined) {
    const per = read.per === '' ? fairestPer(read.kind, [before.sums.window, after.sums.window]) : read.per;
    const diff = profiles.computeDiff(before, after, { per, maxFrames });
    return { name: `${read.kind}-before-after.html`, text: await exports.writeDiffPage(diff, heading) };
  }
  if (before === undefined) throw new Error('an export has at least one side');
  const tree = profiles.computeFlameGraph(before.sums, { maxFrames });
  return { name: `${read.kind}.html`, text: await exports.writeTreePage(tree, heading) };
}

/** Snapshots by their mean; else per request when both sides know their requests, else per profiled second. */
function fairestPer(kind: string, windows: readonly WindowSummary[]): DiffPer {
  if (SNAPSHOT_KINDS.has(kind)) return 'profile';
  if (windows.every(({ requests }) => requests !== null && requests > 0)) return 'request';
  return windows.every(({ durationNanos }) => durationNanos > 0n) ? 'second' : 'profile';
}
