import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Labels } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { ProfileStore } from '../store/profile-store.ts';
import { queryTextOf } from './gate.ts';
import type { ProfileFunctions } from './profile-functions.ts';
import { checkEncoding, checkNames, kindParameter } from './query-parameters.ts';
import { readBody } from './read-body.ts';
import { checkPushedLabel, checkSeriesLabels } from './series-labels.ts';
import { writeJsonAnswer } from './write-answer.ts';

const GZIP_BYTES = 4 * 1024 * 1024;
/** Most bytes of a pushed profile, when it isn't gzip. */
export const PUSHED_BYTES = 16 * 1024 * 1024;
const SERIES_LABELS = ['service', 'version', 'instance'];
const LABEL_PREFIX = 'label.';
/** Series that are remembered, and the characters of their queries. */
const MOST_SERIES = 1_000;
const MOST_SERIES_CHARACTERS = 1_000_000;

export interface PushRouteOptions {
  readonly clock: Clock;
  readonly store: Pick<ProfileStore, 'append'>;
  readonly profiles: Pick<ProfileFunctions, 'parseProfile'>;
}

/** Takes one pprof, gzip or raw. 201 means durable and visible to the next query. */
export function createPushHandler({ clock, store, profiles }: PushRouteOptions) {
  const findSeries = createSeriesFinder();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const bytes = await readBody(request, PUSHED_BYTES);
    const { kind, labels } = findSeries(queryTextOf(request));
    checkProfileBytes(bytes);
    const profile = await profiles.parseProfile(bytes);
    const arrivalMillis = clock.now();
    const entry = { kind, labels, profile, arrivalMillis, requests: null };
    const { id } = await store.append(entry);
    writeJsonAnswer(response, 201, { id });
  };
}

/** Throws what is wrong with a body before anything is read from it. */
export function checkProfileBytes(bytes: Uint8Array): void {
  if (bytes.byteLength === 0) {
    throw new AppError('malformed-profile', 'The body is empty; expected a pprof profile, gzip or raw.');
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (isGzip && bytes.byteLength > GZIP_BYTES) {
    throw new AppError('too-large', `The profile has ${bytes.byteLength} bytes of gzip; at most ${GZIP_BYTES}.`);
  }
}

interface PushedSeries {
  readonly kind: string;
  readonly labels: Labels;
}

/** Reads a query; what it said is remembered by its text, since collectors push to the same series again and again. */
function createSeriesFinder(): (queryText: string) => PushedSeries {
  const known = new LRUCache<string, PushedSeries>({
    max: MOST_SERIES,
    maxSize: MOST_SERIES_CHARACTERS,
    sizeCalculation: (_, queryText) => queryText.length,
  });
  return (queryText) => {
    const found = known.get(queryText);
    if (found !== undefined) return found;
    checkEncoding(queryText);
    const series = readSeries(new URLSearchParams(queryText));
    known.set(queryText, series);
    return series;
  };
}

/** `?kind=cpu&service=checkout&label.zone=a` → kind cpu, labels {service: "checkout", zone: "a"}; empty labels are absent ones. */
function readSeries(query: URLSearchParams): PushedSeries {
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
