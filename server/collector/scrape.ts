import { type ServiceMetrics, serviceMetrics } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';

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

export interface ScrapeRequest {
  readonly base: string;
  readonly path: string;
  readonly timeoutMillis: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** The address of one window: the fleet's short CPU window, else the standard net/http/pprof endpoint. */
export function profilePath(kind: string, windowMillis: number, ownWindows: boolean): string {
  if (kind === 'cpu') {
    return ownWindows
      ? `/debug/flamelab/cpu?millis=${windowMillis}`
      : `/debug/pprof/profile?seconds=${Math.max(1, Math.round(windowMillis / 1_000))}`;
  }
  return windowMillis > 0
    ? `/debug/pprof/${kind}?seconds=${Math.max(1, Math.round(windowMillis / 1_000))}`
    : `/debug/pprof/${kind}`;
}

/** One GET of a profile. Throws AppError with what was seen; redirects are not followed. */
export async function scrapeProfile(request: ScrapeRequest): Promise<ScrapeOutcome> {
  const response = await get(request);
  if (response.status === 404) {
    await response.body?.cancel();
    return { status: 'absent' };
  }
  const bytes = await readBounded(response, request.maxBytes);
  if (response.status === 409 || isSecondProfiler(response.status, bytes)) {
    return { status: 'in-use', message: 'another profiler is taking a CPU profile of this process' };
  }
  if (response.status !== 200) throw unexpected(request, `answered ${response.status}: ${firstLine(bytes)}`);
  const requests = response.headers.get('x-flamelab-requests');
  return {
    status: 'ok',
    bytes,
    interrupted: response.headers.has('x-flamelab-interrupted'),
    requests: requests !== null && /^\d{1,15}$/.test(requests) ? Number(requests) : null,
  };
}

export async function scrapeMetrics(request: Omit<ScrapeRequest, 'path'>): Promise<ServiceMetrics> {
  return serviceMetrics.parse(await getJson({ ...request, path: '/debug/flamelab/metrics' }));
}

async function getJson(request: ScrapeRequest): Promise<unknown> {
  const response = await get(request);
  const bytes = await readBounded(response, request.maxBytes);
  if (response.status !== 200) throw unexpected(request, `answered ${response.status}`);
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function get(request: ScrapeRequest): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(request.timeoutMillis)]);
  try {
    const response = await fetch(request.base + request.path, { redirect: 'manual', signal });
    if (response.status >= 300 && response.status < 400)
      throw unexpected(request, 'redirects, and redirects are not followed');
    return response;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unexpected(
      request,
      signal.aborted ? `did not answer within ${request.timeoutMillis} ms` : reasonOf(cause),
      cause,
    );
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError('over-limit', `the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : new Uint8Array(Buffer.concat(chunks));
}

/** net/http/pprof says so with status 500 and a text. */
function isSecondProfiler(status: number, bytes: Uint8Array): boolean {
  return status === 500 && firstLine(bytes).includes('cpu profiling already in use');
}

function firstLine(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 200)).split('\n')[0] ?? '';
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  if (inner instanceof Error && 'code' in inner) return `can't be reached (${String(inner.code)})`;
  return "can't be reached";
}

function unexpected(request: ScrapeRequest, what: string, cause?: unknown): AppError {
  return new AppError('no-data', `${request.base}${request.path} ${what}`, { cause });
}
