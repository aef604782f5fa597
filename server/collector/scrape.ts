import type { z } from 'zod';
import {
  type Counters,
  counters,
  parseInput,
  type ServiceMetrics,
  sentenceOf,
  serviceMetrics,
} from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { type Answer, type GetOptions, getBounded, printable, unexpected } from './get-bounded.ts';
import type { TargetAddress } from './target-address.ts';

/** What one request for a profile brought. `absent`: this Go has no such kind. `in-use`: another profiler holds the CPU profile. */
export type ScrapeOutcome =
  | {
      readonly status: 'ok';
      readonly bytes: Uint8Array;
      readonly interrupted: boolean;
      /** Requests that ended during the window, as internal/serve says; null from others. */
      readonly requests: number | null;
    }
  | { readonly status: 'absent' }
  | { readonly status: 'in-use'; readonly message: string };

const IN_USE = 'another profiler is taking a CPU profile of this process, and Go takes one at a time';

/** The path of one window: the fleet's short CPU window, else the standard net/http/pprof endpoint. */
export function profilePath(kind: string, windowMillis: number, ownWindows: boolean): string {
  const seconds = Math.max(1, Math.round(windowMillis / 1_000));
  if (kind === 'cpu')
    return ownWindows ? `/debug/flamelab/cpu?millis=${windowMillis}` : `/debug/pprof/profile?seconds=${seconds}`;
  return windowMillis > 0 ? `/debug/pprof/${kind}?seconds=${seconds}` : `/debug/pprof/${kind}`;
}

/** One GET of a profile. Throws AppError with what was seen; redirects are not followed. */
export async function scrapeProfile(target: TargetAddress, path: string, options: GetOptions): Promise<ScrapeOutcome> {
  const answer = await getBounded(target, path, options);
  if (answer.status === 404) return { status: 'absent' };
  if (answer.status === 409 || isSecondProfiler(answer)) return { status: 'in-use', message: IN_USE };
  const stranger = findStranger(answer);
  if (stranger) throw unexpected(target, path, stranger);
  const requests = String(answer.headers['x-flamelab-requests'] ?? '');
  return {
    status: 'ok',
    bytes: answer.bytes,
    interrupted: answer.headers['x-flamelab-interrupted'] !== undefined,
    requests: /^\d{1,15}$/.test(requests) ? Number(requests) : null,
  };
}

export async function scrapeMetrics(target: TargetAddress, options: GetOptions): Promise<ServiceMetrics> {
  return getJson(target, '/debug/flamelab/metrics', { ...options, schema: serviceMetrics });
}

/** Exact, and so cheap that reading them doesn't disturb what is measured. */
export async function scrapeCounters(target: TargetAddress, options: GetOptions): Promise<Counters> {
  return getJson(target, '/debug/flamelab/counters', { ...options, schema: counters });
}

async function getJson<T>(
  target: TargetAddress,
  path: string,
  options: GetOptions & { readonly schema: z.ZodType<T> },
): Promise<T> {
  const { status, bytes } = await getBounded(target, path, options);
  if (status !== 200) throw unexpected(target, path, `answered ${status}`);
  return parseInput(options.schema, jsonOf(target, path, bytes), (misfit) =>
    unexpected(target, path, `answered with other JSON than the lab's own services: ${sentenceOf(misfit, 'it')}`),
  );
}

function jsonOf(target: TargetAddress, path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw unexpected(target, path, `answered with what is not JSON: ${printable(textOf(bytes))}`, { cause });
  }
}

/** A refusal of the reader, with the address that it came from. */
export function errorOfProfile(target: TargetAddress, path: string, cause: unknown): AppError {
  if (!(cause instanceof AppError)) return unexpected(target, path, `could not be read: ${String(cause)}`, { cause });
  const { message } = unexpected(target, path, `answered with what is not a usable profile: ${cause.message}`);
  return new AppError(cause.code, message, { cause, detail: cause.detail });
}

/** Why this can't be a profile, or null; says what it looks like instead. */
function findStranger({ status, headers, bytes }: Answer): string | null {
  const type = String(headers['content-type'] ?? '');
  const isHtml = /html/.test(type) || bytes[0] === 0x3c;
  if (status !== 200) return `answered ${status}${isHtml ? ' with a page of HTML' : `: ${printable(textOf(bytes))}`}`;
  const advice = 'is net/http/pprof served at this address? It is where a browser shows /debug/pprof/.';
  if (isHtml) return `answered with a page of HTML, not with a profile: ${advice}`;
  if (/json/.test(type) || bytes[0] === 0x7b) return `answered with JSON, not with a profile: ${advice}`;
  if (/^text\//.test(type)) return `answered with text (${printable(textOf(bytes))}), not with a profile: ${advice}`;
  if (bytes.length === 0) return `answered with nothing, not with a profile: ${advice}`;
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' ? null : `answered with the encoding ${printable(encoding)} though none was asked for`;
}

/** net/http/pprof says so with status 500 and a text. */
function isSecondProfiler({ status, bytes }: Answer): boolean {
  return status === 500 && textOf(bytes).includes('cpu profiling already in use');
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 200));
