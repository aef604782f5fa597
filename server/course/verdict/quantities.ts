import type { Counters } from '../../../protocol/index.ts';
import { createRandom } from '../../profile/compare/random.ts';
import { bootstrapRatio, type Interval, type Part } from './bootstrap.ts';
import type { Side, Slice } from './evidence.ts';

export type Quantity = 'objects' | 'bytes' | 'cpu';

const READ: Record<Quantity, (counters: Counters) => number> = {
  objects: (counters) => counters.objects,
  bytes: (counters) => counters.bytes,
  cpu: (counters) => counters.cpuNanos,
};

export const UNIT: Record<Quantity | 'mutex-wait' | 'goroutines-left', string> = {
  objects: 'objects/request',
  bytes: 'bytes/request',
  cpu: 'ns/request',
  'mutex-wait': 'µs/request',
  'goroutines-left': 'goroutines left',
};

/** One part a round: the counter's growth over the slices of that side, and the requests that were completed in them. */
export function partsOf(slices: readonly Slice[], side: Side, quantity: Quantity): Part[] {
  const read = READ[quantity];
  const rounds = new Map<number, { amount: number; count: number }>();
  for (const slice of slices) {
    if (slice.side !== side) continue;
    const part = rounds.get(slice.round) ?? { amount: 0, count: 0 };
    part.amount += read(slice.after) - read(slice.before);
    part.count += slice.completed;
    rounds.set(slice.round, part);
  }
  return [...rounds.entries()].sort(([a], [b]) => a - b).map(([, part]) => part);
}

/** Growth per completed request over all rounds; null when nothing was completed. */
export function perRequest(slices: readonly Slice[], side: Side, quantity: Quantity): number | null {
  const parts = partsOf(slices, side, quantity);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return count > 0 ? parts.reduce((sum, part) => sum + part.amount, 0) / count : null;
}

/** `of` / `to` per request with its 95 % interval. */
export function ratioBetween(slices: readonly Slice[], of: Side, to: Side, quantity: Quantity): Interval | null {
  return bootstrapRatio(partsOf(slices, of, quantity), partsOf(slices, to, quantity), createRandom(slices.length));
}

export function completedBy(slices: readonly Slice[], side: Side): number {
  return slices.reduce((sum, slice) => sum + (slice.side === side ? slice.completed : 0), 0);
}
