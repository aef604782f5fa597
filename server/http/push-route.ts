import express, { type Express, type Request } from 'express';
import type { Labels } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { ProfileStore } from '../store/profile-store.ts';
import { addRawRoute } from './add-route.ts';
import { queryOf } from './gate.ts';
import type { ProfileFunctions } from './profile-functions.ts';
import { checkEncoding, checkNames, kindParameter } from './query-parameters.ts';
import { checkPushedLabel, checkSeriesLabels } from './series-labels.ts';

const GZIP_BYTES = 4 * 1024 * 1024;
/** Most bytes of a pushed profile, when it isn't gzip. */
export const PUSHED_BYTES = 16 * 1024 * 1024;
const SERIES_LABELS = ['service', 'version', 'instance'];
const LABEL_PREFIX = 'label.';

export interface PushRouteOptions {
  readonly clock: Clock;
  readonly store: Pick<ProfileStore, 'append'>;
  readonly profiles: Pick<ProfileFunctions, 'parseProfile'>;
}

/** Takes one pprof, gzip or raw. 201 means durable and visible to the next query. */
export function addPushRoute(app: Express, { clock, store, profiles }: PushRouteOptions): void {
  const readBody = express.raw({ type: () => true, limit: PUSHED_BYTES, inflate: false });
  addRawRoute(app, 'POST /api/profiles', [readBody], async (request, response) => {
    checkEncoding(request.url);
    const { kind, labels } = readSeries(queryOf(request));
    const bytes = readProfileBytes(request);
    const profile = await profiles.parseProfile(bytes);
    const arrivalMillis = clock.now();
    const entry = { kind, labels, profile, arrivalMillis, requests: null, sourceBytes: bytes.byteLength };
    const { id } = await store.append(entry);
    response.statusCode = 201;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    // Text that ends an answer goes out with its head, in one write.
    response.end(JSON.stringify({ id }));
  });
}

export function readProfileBytes(request: Request): Uint8Array {
  const body: unknown = request.body;
  if (!(body instanceof Uint8Array) || body.byteLength === 0) {
    throw new AppError('malformed-profile', 'The body is empty; expected a pprof profile, gzip or raw.');
  }
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  if (isGzip && body.byteLength > GZIP_BYTES) {
    throw new AppError('too-large', `The profile has ${body.byteLength} bytes of gzip; at most ${GZIP_BYTES}.`);
  }
  return body;
}

/** `?kind=cpu&service=checkout&label.zone=a` → kind cpu, labels {service: "checkout", zone: "a"}; empty labels are absent ones. */
function readSeries(query: URLSearchParams): { kind: string; labels: Labels } {
  checkNames(query, ['kind', ...SERIES_LABELS], LABEL_PREFIX);
  const labels = new Map<string, string>();
  for (const [name, value] of query) {
    if (name === 'kind') continue;
    const label = name.startsWith(LABEL_PREFIX) ? name.slice(LABEL_PREFIX.length) : name;
    checkPushedLabel(label, value);
    if (value === '') continue;
    if (labels.has(label)) throw new AppError('bad-request', `The label ${label} is given twice.`);
    labels.set(label, value);
  }
  const named = Object.fromEntries(labels);
  checkSeriesLabels(named);
  return { kind: kindParameter(query.get('kind'), 'kind'), labels: named };
}
