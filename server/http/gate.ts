import type { IncomingMessage } from 'node:http';
import type { RouteName } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import type { Credentials } from './credentials.ts';
import { findRoute, roleOf } from './route-roles.ts';

/** Who a request comes from, once the gate has let it in. `session` is the session's id, never its secret. */
export type Caller =
  | { readonly by: 'nobody' }
  | { readonly by: 'token' }
  | { readonly by: 'key' }
  | { readonly by: 'session'; readonly session: string };

/** What the gate found out about a request that it has let in. */
export interface Admission {
  readonly caller: Caller;
  /** The table's route that the request is for; undefined: the page, its files, or nothing. */
  readonly route: RouteName | undefined;
}

export interface Gate {
  /**
   * Lets a request or an upgrade in, or throws an AppError: misdirected (421), bad-request (400), forbidden (403),
   * unauthorised (401), unsupported-media-type (415). Reads the head only, so it comes before routing and before any body.
   */
  admit(request: IncomingMessage, door: 'request' | 'upgrade'): Admission;
  /** Cookies are shared between the ports of a host: the name tells this lab's from another's. */
  cookieName(): string;
}

export interface GateOptions {
  /** The port that the server listens on, known after `listen`. */
  readonly port: () => number;
  /** Names this installation in the cookie: letters and digits. */
  readonly instance: string;
  readonly credentials: Credentials;
}

/** A second one of these would let two readers of one request see different things. */
const SINGLE_HEADERS = ['host', 'origin', 'authorization', 'sec-fetch-site', 'content-type', 'content-length'];
/** Routes that take profiles as they are, not JSON. */
const BINARY_ROUTES: ReadonlySet<RouteName> = new Set<RouteName>([
  'POST /api/profiles',
  'POST /api/files',
  'POST /api/bundles',
]);
const PROFILE_TYPES = /^application\/(octet-stream|gzip|x-gzip|protobuf|x-protobuf|vnd\.google\.protobuf)$/;

/** The one gate of HTTP and of upgrades: host, origin, credentials, and for state changes also the body's type. */
export function createGate(options: GateOptions): Gate {
  const cookieName = () => `flamelab-${options.port()}-${options.instance}`;
  return {
    cookieName,
    admit(request, door) {
      checkHead(request);
      const host = checkHost(request, options.port());
      const sameOrigin = checkOrigin(request, host);
      const route = findRoute(request.method ?? '', pathOf(request));
      const caller = identify(request, { route, credentials: options.credentials, cookieName });
      if (door === 'upgrade' || isStateChange(request)) checkIntent(request, caller, sameOrigin);
      if (door === 'request' && isStateChange(request)) checkContentType(request, { caller, route });
      return { caller, route };
    },
  };
}

/** The raw path of a request, as it was sent. */
export function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

/** The raw query of a request, without the question mark. */
export function queryTextOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

/** The query of a request; parsed here alone, so that gate and routes see the same. */
export function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams(queryTextOf(request));
}

function checkHead(request: IncomingMessage): void {
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(request.url ?? '') || /[\\#]/.test(request.url ?? '')) {
    throw new AppError(
      'bad-request',
      'The request target is not a plain path: it must start with one / and have no \\ or #.',
    );
  }
  // As many names as lines: none is there twice, and there is no need to look at each.
  if (Object.keys(request.headers).length * 2 === request.rawHeaders.length) return;
  for (const name of SINGLE_HEADERS) {
    if ((request.headersDistinct[name]?.length ?? 0) > 1) {
      throw new AppError('bad-request', `The header ${name} is there more than once.`);
    }
  }
}

/** A page of another site can make a browser send a request here by a name of its own (DNS rebinding): only ours are answered. */
function checkHost(request: IncomingMessage, port: number): string {
  const host = request.headers.host;
  if (host === undefined) throw new AppError('bad-request', 'The header host is missing.');
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const allowed = port === 80 ? names : names.map((name) => `${name}:${port}`);
  if (allowed.includes(host)) return host;
  throw new AppError('misdirected', `This lab is not ${printable(host)}. It answers to ${allowed.join(', ')}.`);
}

/** True when the browser vouches for our own page. Browsers leave Origin out of a same-origin GET. */
function checkOrigin(request: IncomingMessage, host: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new AppError('forbidden', 'This request comes from a page of another site. Open the lab by its own address.');
  }
  const { origin } = request.headers;
  if (origin === undefined) return false;
  if (origin === `http://${host}`) return true;
  throw new AppError('forbidden', `The origin ${printable(origin)} is not this lab's own, which is http://${host}.`);
}

interface IdentifyOptions {
  readonly route: RouteName | undefined;
  readonly credentials: Credentials;
  readonly cookieName: () => string;
}

function identify(request: IncomingMessage, { route, credentials, cookieName }: IdentifyOptions): Caller {
  const role = roleOf(route);
  if (role === 'public') return { by: 'nobody' };
  const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    if (credentials.isToken(bearer)) return { by: 'token' };
    throw new AppError('unauthorised', 'The bearer token is not the one of this start of the lab.');
  }
  for (const value of cookieValues(request.headers.cookie ?? '', cookieName())) {
    const session = credentials.findSession(value);
    if (session !== undefined) return { by: 'session', session };
  }
  const keys = role === 'learner-or-key' ? queryOf(request).getAll('key') : [];
  if (keys.length === 1 && credentials.isKey(keys[0] ?? '')) return { by: 'key' };
  if (keys.length > 0)
    throw new AppError('unauthorised', 'The key is unknown or expired: keys last one hour. Make another in the lab.');
  throw new AppError('unauthorised', 'This needs the session that the lab’s printed link opens, or its bearer token.');
}

function cookieValues(header: string, name: string): string[] {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

function isStateChange(request: IncomingMessage): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD';
}

/** A cookie comes along on its own, so it takes our own page's Origin beside it; a token is sent on purpose. */
function checkIntent(request: IncomingMessage, caller: Caller, sameOrigin: boolean): void {
  if (caller.by === 'token' || sameOrigin) return;
  throw new AppError(
    'forbidden',
    `A ${request.method} or upgrade needs the page's own Origin header, or the bearer token.`,
  );
}

/** A form of a foreign page can send urlencoded, multipart and plain text without asking; JSON and binary it can't. */
function checkContentType(request: IncomingMessage, { caller, route }: Admission): void {
  const isPush = route !== undefined && BINARY_ROUTES.has(route);
  if (isPush && caller.by === 'token') return;
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (isPush ? PROFILE_TYPES.test(type) : type === 'application/json') return;
  const wanted = isPush ? 'application/octet-stream' : 'application/json';
  const seen = type === '' ? 'none' : printable(type);
  throw new AppError('unsupported-media-type', `The content type must be ${wanted}; seen: ${seen}.`);
}

function printable(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
