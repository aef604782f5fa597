import { errorBody, type RouteName } from '../../protocol/index.ts';

export type Fetcher = (url: string, init: RequestInit) => Promise<Response>;

/** The lab refused or can't be reached. `code` is the lab's own error code, or `unreachable`, or `unreadable-answer`. */
export class RequestFailed extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: unknown;

  constructor(code: string, message: string, more: { status?: number; detail?: unknown; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = 'RequestFailed';
    this.code = code;
    this.status = more.status ?? 0;
    this.detail = more.detail;
  }
}

export type Call = {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** A body that isn't JSON. */
  bytes?: Blob;
  signal?: AbortSignal | undefined;
};

/** What parses an answer: a zod schema, as far as this file cares. */
export type AnswerSchema<T> = { parse(value: unknown): T };

/** `'GET /api/exercises/:slug'` with `{slug: 'a b'}` → `/api/exercises/a%20b`. */
export function urlOfRoute(route: RouteName, call: Call): string {
  const path = route
    .slice(route.indexOf(' ') + 1)
    .replace(/:([a-z]+)/g, (_, name: string) => encodeURIComponent(call.params?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Calls one route. Throws RequestFailed, or the AbortError of `signal`. */
export async function request<T>(
  fetcher: Fetcher,
  route: RouteName,
  schema: AnswerSchema<T>,
  call: Call = {},
): Promise<T> {
  const response = await send(fetcher, route, call);
  const text = await response.text();
  if (!response.ok) throw failureFromAnswer(response.status, text);
  try {
    return schema.parse(text === '' ? null : JSON.parse(text));
  } catch (cause) {
    if (cause instanceof RequestFailed) throw cause;
    throw new RequestFailed('unreadable-answer', `The lab's answer to ${route} is not in the agreed form.`, { cause });
  }
}

/** Calls a route whose answer is a file. Throws RequestFailed. */
export async function requestFile(fetcher: Fetcher, route: RouteName, call: Call): Promise<Blob> {
  const response = await send(fetcher, route, call);
  if (!response.ok) throw failureFromAnswer(response.status, await response.text());
  return response.blob();
}

async function send(fetcher: Fetcher, route: RouteName, call: Call): Promise<Response> {
  const method = route.slice(0, route.indexOf(' '));
  const init: RequestInit = { method, signal: call.signal ?? null };
  if (method !== 'GET') {
    init.headers = { 'content-type': call.bytes ? 'application/octet-stream' : 'application/json' };
    init.body = call.bytes ?? JSON.stringify(call.body ?? {});
  }
  try {
    return await fetcher(urlOfRoute(route, call), init);
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    throw new RequestFailed('unreachable', 'The lab does not answer. Is it still running in its terminal?', { cause });
  }
}

function failureFromAnswer(status: number, text: string): RequestFailed {
  const body = errorBody.safeParse(parseJson(text));
  if (!body.success) return new RequestFailed('internal', `The lab answered with status ${status}.`, { status });
  const { code, message, detail } = body.data.error;
  return new RequestFailed(code, message, { status, detail });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
