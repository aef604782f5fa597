import { countGoroutines, type GoroutineCounts } from '../../profile/count-goroutines.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Evidence } from './evidence.ts';
import { isOwnFunction } from './own-function.ts';

/** The instruments answer the question: what they do meanwhile is no leftover. */
const isServiceFunction = (name: string): boolean => isOwnFunction(name) && !name.startsWith('bazaar/internal/serve.');

export const countAtRest = (goroutines: Profile): GoroutineCounts => countGoroutines(goroutines, isServiceFunction);

/** More goroutines after the run's requests have ended than before them; null when the run was not made. */
export function goroutinesLeft({ leftovers }: Evidence, side: 'baseline' | 'candidate'): number | null {
  if (!leftovers) return null;
  const { before, after } = leftovers[side];
  return Math.max(0, countAtRest(after.goroutines).total - countAtRest(before.goroutines).total);
}

/** Candidate / baseline; null when the baseline left none. */
export function goroutinesLeftGain(evidence: Evidence): number | null {
  const candidate = goroutinesLeft(evidence, 'candidate');
  const baseline = goroutinesLeft(evidence, 'baseline');
  return candidate !== null && baseline ? candidate / baseline : null;
}

/** More live heap per request of the run. */
export function bytesLeft({ leftovers }: Evidence): number | null {
  if (!leftovers) return null;
  const { before, after, behaviour } = leftovers.candidate;
  return Math.max(0, after.liveBytes - before.liveBytes) / Math.max(1, behaviour.requests);
}

/** Objects that the run allocated, candidate / baseline: both got the same requests. */
export function leftoversObjectsGain({ leftovers }: Evidence): number | null {
  if (!leftovers) return null;
  const { baseline, candidate } = leftovers;
  const allocated = baseline.after.objects - baseline.before.objects;
  return allocated > 0 ? (candidate.after.objects - candidate.before.objects) / allocated : null;
}

/** The function that most of the candidate's goroutines stand in that were left; null when there are none. */
export function findMostLeft({ leftovers }: Evidence): { name: string; count: number } | null {
  if (!leftovers) return null;
  const before = countAtRest(leftovers.candidate.before.goroutines).byFunction;
  let most: { name: string; count: number } | null = null;
  for (const [name, now] of countAtRest(leftovers.candidate.after.goroutines).byFunction) {
    const count = now - (before.get(name) ?? 0);
    if (count > (most?.count ?? 0)) most = { name, count };
  }
  return most;
}
