import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

export interface ExpiringSecretsOptions {
  readonly clock: Clock;
  /** How many may be valid at once; one more drops the oldest. */
  readonly limit: number;
  /** null: valid until dropped. */
  readonly lifetimeMillis: number | null;
  /** Told the id of each secret that a newer one pushed out, or that `drop` took away. */
  readonly dropped?: (id: string) => void;
}

export interface ExpiringSecrets {
  /** 256 random bits as base64url. The text is never kept, only its SHA-256. */
  add(): { readonly secret: string; readonly id: string; readonly expiresMillis: number };
  /** The id of a valid secret. */
  find(secret: string): string | undefined;
  /** As `find`, and the secret is invalid from then on. */
  take(secret: string): string | undefined;
  drop(id: string): void;
}

/**
 * A bounded set of random secrets. They are looked up by their SHA-256, so how long a lookup takes says nothing about the
 * secrets that are valid; the hash is also their `id`, which may be logged.
 */
export function createExpiringSecrets(options: ExpiringSecretsOptions): ExpiringSecrets {
  const { clock, limit, lifetimeMillis } = options;
  const expiry = new Map<string, number>();
  const drop = (id: string) => {
    if (expiry.delete(id)) options.dropped?.(id);
  };
  const find = (secret: string) => {
    const id = hash(secret);
    const expiresMillis = expiry.get(id);
    return expiresMillis !== undefined && clock.now() < expiresMillis ? id : undefined;
  };
  return {
    add() {
      const oldest = expiry.keys().next();
      if (expiry.size >= limit && !oldest.done) drop(oldest.value);
      const secret = randomBytes(32).toString('base64url');
      const id = hash(secret);
      const expiresMillis = lifetimeMillis === null ? Number.POSITIVE_INFINITY : clock.now() + lifetimeMillis;
      expiry.set(id, expiresMillis);
      return { secret, id, expiresMillis };
    },
    find,
    take(secret) {
      const id = find(secret);
      if (id !== undefined) expiry.delete(id);
      return id;
    },
    drop,
  };
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
