import { spreadMillis } from './spread.ts';

/**
 * Which instances are collected in a period: a share of them (at least one), in an order that is theirs by hash, going
 * round, so that each has its turn after at most ⌈1 / share⌉ periods, and the same question has the same answer.
 *
 *     order by hash: c a d b e       share 0.4 → 2 a period
 *     period 0       c a
 *     period 1           d b
 *     period 2       c       e
 */
export function chooseInstances(names: readonly string[], share: number, period: number): Set<string> {
  const order = names.toSorted((a, b) => hash(a) - hash(b) || (a < b ? -1 : 1));
  const wanted = Math.min(order.length, Math.max(1, Math.round(share * order.length)));
  const first = order.length === 0 ? 0 : (period * wanted) % order.length;
  return new Set([...order, ...order].slice(first, first + wanted));
}

const hash = (name: string): number => spreadMillis(name, 2 ** 32);
