import type { DiffPer } from '../../../protocol/index.ts';
import { AppError } from '../../errors.ts';
import type { BlockSums, WindowBlock } from '../stack-sums.ts';

/** What a whole side is divided by. Throws `no-request-counts`, `no-durations`. */
export function dividerOf({ sums: { window } }: BlockSums, per: DiffPer, side: 'a' | 'b'): number {
  if (per === 'total') return 1;
  if (per === 'profile') return window.profiles;
  if (per === 'second') {
    if (window.durationNanos > 0n) return Number(window.durationNanos) / 1e9;
    throw new AppError(
      'no-durations',
      `the profiles of ${side} don't say how long they took (snapshots never do); compare per=profile or per=total`,
      { detail: { side } },
    );
  }
  if (window.requests !== null && window.requests > 0) return window.requests;
  const seen = window.requests === null ? "don't all know how many requests they served" : 'served no request';
  throw new AppError('no-request-counts', `the windows of ${side} ${seen}; compare per=second or per=total`, {
    detail: { side },
  });
}

/** The same for each block; a total is a mean of the profiles, times their number. */
export function blockCounts(blocks: readonly WindowBlock[], per: DiffPer): Float64Array {
  return Float64Array.from(blocks, ({ profiles, requests, durationNanos }) => {
    if (per === 'request') return requests ?? 0;
    return per === 'second' ? Number(durationNanos) / 1e9 : profiles;
  });
}
