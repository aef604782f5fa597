import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { AppError } from '../errors.ts';
import { isRefusedAddress } from './refused-addresses.ts';

/** Where one target is, its name resolved once and for all: later answers of a name server change nothing. */
export interface TargetAddress {
  readonly protocol: 'http:' | 'https:';
  /** Host and port as in the URL: what the Host header says. */
  readonly host: string;
  /** The name that a certificate must be for. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Before `/debug/pprof`: empty, or `/admin`. */
  readonly prefix: string;
}

/** All addresses of a name. */
export type LookUp = (name: string) => Promise<readonly { readonly address: string }[]>;

export interface PinnedAddress {
  /** As people read it: `http://api.local:6060`. */
  readonly url: string;
  /** `127.0.0.1:6060`; null before it was resolved. */
  shown(): string | null;
  /** Resolved at the first call that works, pinned after that. Rejects `bad-request` for a name that isn't found or not allowed. */
  get(): Promise<TargetAddress>;
}

const lookUpAll: LookUp = (name) => lookup(name, { all: true });

/** Throws `bad-request` for what isn't an http address of a host. A pasted `/debug/pprof/…` is cut off. */
export function pinAddress(text: string, lookUp: LookUp = lookUpAll): PinnedAddress {
  const url = parseTargetUrl(text);
  const prefix = url.pathname.replace(/\/debug\/pprof(\/.*)?$/, '').replace(/\/+$/, '');
  let pinned: TargetAddress | null = null;
  return {
    url: `${url.protocol}//${url.host}${prefix}`,
    shown: () => pinned && showAddress(pinned),
    async get() {
      pinned ??= await resolveAddress(url, prefix, lookUp);
      return pinned;
    },
  };
}

function parseTargetUrl(text: string): URL {
  const shown = JSON.stringify(text.slice(0, 200));
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new AppError(
      'bad-request',
      `${shown} is not an http address: expected http://HOST:PORT, e.g. http://127.0.0.1:6060`,
    );
  if (url.username || url.password)
    throw new AppError('bad-request', 'An address with a user name or password is not kept: leave them out.');
  if (url.search || url.hash)
    throw new AppError(
      'bad-request',
      `${shown} has a query or a fragment: expected http://HOST:PORT and nothing more.`,
    );
  return url;
}

async function resolveAddress(url: URL, prefix: string, lookUp: LookUp): Promise<TargetAddress> {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(name) ? [{ address: name }] : await findAddresses(name, lookUp);
  const refused = found.find(({ address }) => isRefusedAddress(address));
  if (refused) {
    const from = refused.address === name ? '' : ` (${name})`;
    throw new AppError(
      'bad-request',
      `${refused.address}${from} is a link-local, metadata, multicast or unspecified address: those are never scraped.`,
    );
  }
  const protocol = url.protocol === 'https:' ? 'https:' : 'http:';
  const port = Number(url.port) || (protocol === 'https:' ? 443 : 80);
  const address = await chooseAddress(found, port);
  if (address === undefined) throw new AppError('bad-request', `${name} has no address.`);
  return { protocol, host: url.host, name, address, port, prefix };
}

/** Of several (`localhost` is ::1 and 127.0.0.1) the first where something listens; if nothing does, IPv4 before IPv6. */
async function chooseAddress(
  found: readonly { readonly address: string }[],
  port: number,
): Promise<string | undefined> {
  const order = found.map(({ address }) => address).toSorted((a, b) => isIP(a) - isIP(b));
  if (order.length <= 1) return order[0];
  for (const address of order) if (await listens(address, port)) return address;
  return order[0];
}

const LISTEN_MILLIS = 1_000;

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: LISTEN_MILLIS });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  });
}

async function findAddresses(name: string, lookUp: LookUp): Promise<readonly { readonly address: string }[]> {
  try {
    return await lookUp(name);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new AppError('bad-request', `${name} can't be found (${code}): is the name right?`, { cause });
  }
}

const showAddress = ({ address, port }: TargetAddress): string =>
  `${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
