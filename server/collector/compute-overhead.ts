import type { Overhead } from '../../protocol/index.ts';
import { criticalT } from '../profile/compare/student-t.ts';

/** What a process did in one period: differences of its counters. */
export interface Period {
  readonly cpuNanos: number;
  readonly requests: number;
  readonly millis: number;
}

export interface PeriodPair {
  readonly without: Period;
  readonly collected: Period;
}

/** Of fewer pairs no interval is worth its name. */
export const LEAST_PAIRS = 3;
/** Requests of a period from which CPU per request is steadier than CPU per second. */
const ENOUGH_REQUESTS = 30;

/**
 * What collection costs, from pairs of neighbouring periods, with and without. The mean over the pairs with its 95 %
 * interval by Student's t; relative costs as logarithms of ratios, so that "twice" and "half" weigh the same.
 *
 *     pair        0           1           2
 *     without   100 ms/r    104 ms/r    98 ms/r
 *     with      101 ms/r    105 ms/r    99 ms/r     relative ≈ +1.0 %
 */
export function computeOverhead(
  pairs: readonly PeriodPair[],
): Pick<Overhead, 'relative' | 'cores' | 'requestsPerSecond'> {
  const all = pairs.flatMap(({ without, collected }) => [without, collected]);
  const requests = sum(all, (period) => period.requests);
  const requestsPerSecond = all.length === 0 ? null : requests / (sum(all, (period) => period.millis) / 1_000);
  if (pairs.length < LEAST_PAIRS) return { relative: null, cores: null, requestsPerSecond };
  const per = all.every((period) => period.requests >= ENOUGH_REQUESTS) ? 'request' : 'second';
  const cost = ({ cpuNanos, requests, millis }: Period) => cpuNanos / (per === 'request' ? requests : millis);
  const logs = pairs.map(({ without, collected }) => Math.log(cost(collected) / cost(without)));
  const cores = pairs.map(({ without, collected }) => coresOf(collected) - coresOf(without));
  const measured = logs.every(Number.isFinite);
  const { point, low, high } = meanWithInterval(logs);
  return {
    relative: measured ? { per, point: Math.expm1(point), low: Math.expm1(low), high: Math.expm1(high) } : null,
    cores: meanWithInterval(cores),
    requestsPerSecond,
  };
}

const coresOf = ({ cpuNanos, millis }: Period): number => cpuNanos / (millis * 1e6);

function meanWithInterval(values: readonly number[]): { point: number; low: number; high: number } {
  const df = values.length - 1;
  const point = sum(values, (value) => value) / values.length;
  const variance = sum(values, (value) => (value - point) ** 2) / df;
  const half = criticalT(0.05, df) * Math.sqrt(variance / values.length);
  return { point, low: point - half, high: point + half };
}

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);
