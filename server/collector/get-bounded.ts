import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, Agent as SecureAgent } from 'node:https';
import { isIP } from 'node:net';
import { AppError } from '../errors.ts';
import type { TargetAddress } from './target-address.ts';

export interface GetOptions {
  readonly timeoutMillis: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly method?: 'GET' | 'POST';
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  /** What came after the body. */
  readonly trailers: Readonly<Record<string, string | undefined>>;
}

/** Idle connections go before a server's own idle timeout can end them under a request. */
const IDLE_MILLIS = 4_000;
const AGENTS = {
  'http:': new Agent({ keepAlive: true, timeout: IDLE_MILLIS }),
  'https:': new SecureAgent({ keepAlive: true, timeout: IDLE_MILLIS }),
};

/**
 * One request to a pinned address: no redirect is followed, no byte is read beyond the limit. Throws an AppError that says
 * what was asked and what was seen.
 */
export async function getBounded(target: TargetAddress, path: string, options: GetOptions): Promise<Answer> {
  const timeout = AbortSignal.timeout(options.timeoutMillis);
  const signal = AbortSignal.any([options.signal, timeout]);
  let answered = false;
  try {
    const response = await open(target, path, { ...options, signal });
    answered = true;
    if (isRedirect(response)) throw unexpected(target, path, redirectText(response));
    const bytes = await readBounded(response, options.maxBytes);
    return { status: response.statusCode ?? 0, headers: response.headers, bytes, trailers: response.trailers };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof TooLarge)
      throw unexpected(target, path, `answers with more than ${options.maxBytes} bytes`, { code: 'over-limit' });
    const what = timeout.aborted ? timeoutText(answered, options.timeoutMillis) : failureText(cause, answered);
    throw unexpected(target, path, what, { cause });
  }
}

/** `http://127.0.0.1:6060/debug/pprof/heap redirects …` */
export function unexpected(
  target: TargetAddress,
  path: string,
  what: string,
  options: { cause?: unknown; code?: 'no-data' | 'over-limit' } = {},
): AppError {
  const { code = 'no-data', cause } = options;
  return new AppError(code, `${target.protocol}//${target.host}${target.prefix}${path} ${what}`, { cause });
}

function open(
  target: TargetAddress,
  path: string,
  { signal, method = 'GET' }: Pick<GetOptions, 'signal' | 'method'>,
): Promise<IncomingMessage> {
  const { protocol, host, name, address, port, prefix } = target;
  const request = protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const asked = request({
      method,
      protocol,
      host: address,
      port,
      path: prefix + path,
      agent: AGENTS[protocol],
      signal,
      headers: { host, 'accept-encoding': 'identity', 'user-agent': 'flamelab' },
      ...(protocol === 'https:' && isIP(name) === 0 ? { servername: name } : {}),
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
}

const isRedirect = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 300 && statusCode < 400;

function redirectText(response: IncomingMessage): string {
  response.destroy();
  const to = response.headers.location === undefined ? '' : ` to ${printable(response.headers.location)}`;
  return `redirects${to}: redirects are not followed. Attach the address that it leads to, if you trust it.`;
}

class TooLarge extends Error {}

async function readBounded(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    // Leaving the loop destroys the response, and with it the connection.
    if (size > maxBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function timeoutText(answered: boolean, millis: number): string {
  return answered ? `began to answer, but was not done after ${millis} ms` : `did not answer within ${millis} ms`;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "can't be reached: nothing listens there",
  ECONNRESET: 'closed the connection without an answer',
  EHOSTUNREACH: "can't be reached: there is no way to this host",
  ENETUNREACH: "can't be reached: there is no way to this network",
};

function failureText(cause: unknown, answered: boolean): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (answered) return `broke off in the middle of its answer (${code})`;
  if (code.startsWith('HPE_')) return `doesn't speak HTTP (${code})`;
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code)) return `has a certificate that isn't trusted (${code})`;
  return `${REASONS[code] ?? "can't be reached"} (${code})`;
}

/** One short line of foreign text. */
export function printable(text: string): string {
  const [line = ''] = text.slice(0, 200).split(/[\r\n]/, 1);
  return line.replaceAll(/[^\x20-\x7e\u00a0-\u{10ffff}]/gu, '·').slice(0, 120);
}
