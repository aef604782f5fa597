import { computeOwnCosts } from '../../profile/frame-share.ts';
import type { Profile } from '../../profile/profile.ts';
import { isOwnFunction } from './own-function.ts';

/** A function of the service's own code that costs more per request than before; `growth` in the quantity's unit. */
export interface GrownFrame {
  readonly name: string;
  readonly growth: number;
}

interface SideCost {
  readonly profiles: readonly Profile[];
  /** Sample type that stands for the quantity. */
  readonly type: string;
  /** The quantity per request, counted. */
  readonly cost: number;
}

/** Fewer samples than this in the candidate's windows, and growth can't be told from luck. */
const MIN_SAMPLES = 10;

/** What counts and profiles the service is neither its work nor the learner's, and costs more the more profiles are taken. */
const INSTRUMENTS = /^bazaar\/internal\/serve\.(newHandler|newInstruments|\(\*(instruments|windowAnswer|cpuProfile)\))/;

const isWork = (name: string): boolean => isOwnFunction(name) && !INSTRUMENTS.test(name);

/**
 * Where cost went: profiles locate, counters count, so a function's cost per request is its share × the counted cost.
 *
 *     baseline   main.validate 60 % of 300 objects = 180     main.prepare  0 % = 0
 *     candidate  main.validate  0 % of 280 objects = 0       main.prepare 55 % = 154   → main.prepare grew by 154
 *
 * Null when nothing of the own code grew by at least `least`.
 */
export function findGrownFrame(before: SideCost, after: SideCost, least: number): GrownFrame | null {
  if (after.profiles.reduce((sum, profile) => sum + profile.samples.count, 0) < MIN_SAMPLES) return null;
  const was = costsPerRequest(before);
  let best: GrownFrame | null = null;
  for (const [name, now] of costsPerRequest(after)) {
    const growth = now - (was.get(name) ?? 0);
    if (growth >= least && (!best || growth > best.growth)) best = { name, growth };
  }
  return best;
}

function costsPerRequest({ profiles, type, cost }: SideCost): Map<string, number> {
  const sums = new Map<string, number>();
  for (const profile of profiles) {
    for (const [name, value] of computeOwnCosts(profile, type, isWork)) sums.set(name, (sums.get(name) ?? 0) + value);
  }
  const total = [...sums.values()].reduce((sum, value) => sum + Math.max(0, value), 0);
  return new Map(total > 0 ? [...sums].map(([name, value]) => [name, (value / total) * cost]) : []);
}
