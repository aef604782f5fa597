import { DEFAULT_SAMPLING } from '../../protocol/index.ts';
import type { CollectorSettings, KindPlan } from './settings.ts';

/** What a target wishes for itself; what is absent follows the collector. */
export interface TargetWishes {
  readonly kinds?: readonly string[] | undefined;
  readonly intervalMillis?: number | undefined;
  readonly windowMillis?: number | undefined;
  /** Share of the time under a CPU profile. */
  readonly time?: number | undefined;
}

/**
 * The plan of one target outside of focus. `time` stretches the settings' intervals, which stand for the default share;
 * a wished interval or window stands as it is. A window that fills its interval is taken back to back:
 *
 *     settings: cpu 1 s of every 10 s, allocs 5 s of every 30 s; default share 0.1
 *     time 0.05      → cpu 1 s of every 20 s, allocs 5 s of every 60 s
 *     time 1         → cpu back to back, allocs back to back
 *     interval 15 s  → cpu 1 s of every 15 s, allocs 5 s of every 15 s
 */
export function planKinds(settings: CollectorSettings, wishes: TargetWishes, time: number): KindPlan[] {
  const stretch = DEFAULT_SAMPLING.time / (wishes.time ?? time);
  return wishedPlans(settings.elsewhere, wishes.kinds).map((plan) => {
    const isSnapshot = plan.windowMillis === 0;
    const everyMillis = wishes.intervalMillis ?? Math.round(plan.everyMillis * stretch);
    const wished =
      wishes.windowMillis ?? Math.min(plan.windowMillis, Math.max(1_000, wishes.intervalMillis ?? Infinity));
    const windowMillis = isSnapshot ? 0 : wished;
    const isFull = !isSnapshot && windowMillis >= everyMillis;
    return {
      kind: plan.kind,
      everyMillis: isFull ? 0 : Math.max(everyMillis, LEAST_INTERVAL),
      windowMillis,
      firstWindowMillis: windowMillis,
    };
  });
}

/** A snapshot stops the world for a moment: not more often than this. */
const LEAST_INTERVAL = 1_000;

/** Of a kind that the settings don't know (a program's own pprof.NewProfile), snapshots like those of heap. */
function wishedPlans(plans: readonly KindPlan[], kinds: readonly string[] | undefined): readonly KindPlan[] {
  if (!kinds) return plans;
  const snapshot = plans.find((plan) => plan.windowMillis === 0);
  return [...new Set(kinds)].flatMap((kind) => {
    const plan = plans.find((known) => known.kind === kind) ?? (snapshot && { ...snapshot, kind });
    return plan ? [plan] : [];
  });
}
