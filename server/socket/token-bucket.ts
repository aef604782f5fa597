import type { Clock } from '../clock.ts';

export interface TokenBucketOptions {
  readonly clock: Clock;
  readonly perSecond: number;
  /** How much may come at once after a pause. */
  readonly burst: number;
}

/** Takes `amount`; false when that is more than the rate allows right now. */
export type TokenBucket = (amount: number) => boolean;

export function createTokenBucket({ clock, perSecond, burst }: TokenBucketOptions): TokenBucket {
  let tokens = burst;
  let filledMillis = clock.now();
  return (amount) => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledMillis) * perSecond) / 1_000);
    filledMillis = now;
    if (amount > tokens) return false;
    tokens -= amount;
    return true;
  };
}
