import { computeFrameShare } from '../../profile/frame-share.ts';
import type { Profile } from '../../profile/profile.ts';

/** A function of the service's own code that costs more per request than before; `growth` in the quantity's unit. */
export interface GrownFrame {
  readonly name: string;
  readonly growth: number;
}

/** Fewer samples than this in the candidate's windows, and growth can't be told from luck. */
const MIN_SAMPLES = 10;

/**
 * Where cost went: profiles locate, counters count, so a function's cost per request is its share × the counted cost.
 *
 *     baseline   main.validate 60 % of 300 objects = 180     main.prepare  0 % = 0
 *     candidate  main.validate  0 % of 280 objects = 0       main.prepare 55 % = 154   → main.prepare grew by 154
 *
 * Null when nothing of the own code grew by at least `least`.
 */
export function findGrownFrame(
  before: { profiles: readonly Profile[]; cost: number },
  after: { profiles: readonly Profile[]; cost: number },
  least: number,
): GrownFrame | null {
  let best: GrownFrame | null = null;
  for (const name of ownFunctions(after.profiles)) {
    const now = costOf(name, after);
    if (now === null) continue;
    const growth = now - (costOf(name, before) ?? 0);
    if (growth >= least && (!best || growth > best.growth)) best = { name, growth };
  }
  return best;
}

function ownFunctions(profiles: readonly Profile[]): Set<string> {
  const names = profiles.flatMap((profile) => profile.functions.map((fn) => fn.name));
  return new Set(names.filter((name) => name.startsWith('main.') && name !== 'main.main'));
}

function costOf(name: string, side: { profiles: readonly Profile[]; cost: number }): number | null {
  let under = 0;
  let total = 0;
  let samples = 0;
  for (const profile of side.profiles) {
    const share = computeFrameShare(profile, (other) => other === name);
    if (!share) continue;
    total += share.total;
    under += share.share * share.total;
    samples += profile.samples.count;
  }
  return total > 0 && samples >= MIN_SAMPLES ? (under / total) * side.cost : null;
}
