import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { createExpiringSecrets } from './expiring-secrets.ts';

const CODE_MILLIS = 10 * 60_000;
const KEY_MILLIS = 60 * 60_000;
const MAX_CODES = 64;
const MAX_SESSIONS = 64;
const MAX_KEYS = 256;

/** Who may come in. Lives as long as the process; a restart makes everything anew. */
export interface Credentials {
  /** For programs of the same user: `Authorization: Bearer TOKEN`. */
  readonly token: string;
  isToken(text: string): boolean;
  /** A one-time code for `/open/CODE`, valid for 10 minutes. */
  newCode(): string;
  /** Turns a code into a session; the answer is the cookie's value. undefined: unknown, expired or redeemed before. */
  redeemCode(code: string): string | undefined;
  /** The id of the session that a cookie's value belongs to. */
  findSession(cookie: string): string | undefined;
  revokeSession(id: string): void;
  /** Told the id of each session that ends; returns what stops it. */
  onSessionEnded(listener: (id: string) => void): () => void;
  /** A key that reads `/api/pprof` and nothing else; `expiresMillis` is Unix milliseconds, an hour from now. */
  newKey(): { readonly key: string; readonly expiresMillis: number };
  isKey(text: string): boolean;
}

export function createCredentials(clock: Clock): Credentials {
  const token = randomBytes(32).toString('base64url');
  const isToken = createSecretTest(token);
  const ended = new Set<(id: string) => void>();
  const codes = createExpiringSecrets({ clock, limit: MAX_CODES, lifetimeMillis: CODE_MILLIS });
  const keys = createExpiringSecrets({ clock, limit: MAX_KEYS, lifetimeMillis: KEY_MILLIS });
  const sessions = createExpiringSecrets({
    clock,
    limit: MAX_SESSIONS,
    lifetimeMillis: null,
    dropped: (id) => {
      for (const listener of ended) listener(id);
    },
  });
  return {
    token,
    isToken,
    newCode: () => codes.add().secret,
    redeemCode: (code) => (codes.take(code) === undefined ? undefined : sessions.add().secret),
    findSession: sessions.find,
    revokeSession: sessions.drop,
    onSessionEnded(listener) {
      ended.add(listener);
      return () => ended.delete(listener);
    },
    newKey() {
      const { secret, expiresMillis } = keys.add();
      return { key: secret, expiresMillis };
    },
    isKey: (text) => keys.find(text) !== undefined,
  };
}

/** Takes the same time for each text of the secret's length; the length is no secret. */
function createSecretTest(secret: string): (text: string) => boolean {
  const known = Buffer.from(secret);
  return (text) => {
    const seen = Buffer.from(text);
    return seen.byteLength === known.byteLength && timingSafeEqual(seen, known);
  };
}
