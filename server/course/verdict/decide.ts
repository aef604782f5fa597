import type { Difference, ExerciseFile, Gate, Verdict, VerdictName } from '../../../protocol/index.ts';
import { computeHeldDifference } from './after-burst.ts';
import { amount } from './budget-gate.ts';
import { computeBurstDifference } from './bursts.ts';
import type { Evidence } from './evidence.ts';
import { computeGates, faultsOf } from './gates.ts';
import { findGrownFrame, type GrownFrame } from './grown-frame.ts';
import { goroutinesLeft } from './leftovers.ts';
import { computeHeapDifference } from './live-heap.ts';
import { computeProbeDifference } from './probes.ts';
import { perRequest, ratioBetween, UNIT } from './quantities.ts';
import { holds, mutexWaitMicros } from './signals.ts';
import { computeStallDifference } from './stalls.ts';

/** The verdict that the evidence carries. Precedence: error, wrong-behaviour, inconclusive, not-fixed, moved-elsewhere, fixed. */
export function decideVerdict(
  evidence: Evidence,
  exercise: ExerciseFile,
  about: { slug: string; seed: number; millis: number },
): Verdict {
  const gates = computeGates(evidence, exercise);
  const difference = computeDifference(evidence, exercise);
  const outcome = decideByGates(evidence, exercise, gates, difference);
  const wrongFix = outcome.verdict === 'fixed' ? null : recogniseWrongFix(evidence, exercise, outcome.verdict);
  const summary = wrongFix ? `${wrongFix} ${outcome.summary}` : outcome.summary;
  return {
    exercise: about.slug,
    verdict: outcome.verdict,
    summary,
    seed: about.seed,
    gates,
    difference,
    millis: about.millis,
  };
}

function decideByGates(
  evidence: Evidence,
  exercise: ExerciseFile,
  gates: readonly Gate[],
  difference: Difference | null,
): { verdict: VerdictName; summary: string } {
  const [g1, g2, g3, g4, g5, g6] = gates;
  if (!g1 || !g2 || !g3 || !g4 || !g5 || !g6) throw new Error('six gates, always');
  const lying = [g6, g1, g2].find((gate) => gate.pass === false) ?? (isHeldoutLie(evidence) ? g5 : null);
  if (lying) return { verdict: 'wrong-behaviour', summary: lying.explain };
  const cost = [g4, g5].find((gate) => gate.pass === false);
  if (g3.pass === false)
    return { verdict: 'not-fixed', summary: `${g3.explain} ${describeDifference(difference)}`.trim() };
  if (cost) {
    const grown = g3.pass ? grownFrame(evidence, exercise, cost) : null;
    if (!grown) return { verdict: 'not-fixed', summary: `${describeDifference(difference)} ${cost.explain}`.trim() };
    const where = `The symptom is gone from where it was, but the cost moved: ${grown.name} grew by ${amount(grown.growth)} ${cost.unit}.`;
    return { verdict: 'moved-elsewhere', summary: `${where} ${cost.explain}` };
  }
  const open = gates.filter((gate) => gate.pass === null);
  if (open.length > 0) {
    const missing = open.map((gate) => `${gate.id} ${gate.title}: ${gate.explain}`).join(' ');
    return {
      verdict: 'inconclusive',
      summary: `Not enough evidence. ${missing} Run the check again, on a quieter machine if there is one.`,
    };
  }
  return { verdict: 'fixed', summary: `Fixed, and proven. ${describeDifference(difference)} ${g3.explain}`.trim() };
}

function isHeldoutLie(evidence: Evidence): boolean {
  return evidence.heldout !== null && faultsOf(evidence.heldout.behaviour) > 0;
}

/** The profile that locates a counted quantity. */
const WHERE = {
  objects: { kind: 'allocs', type: 'alloc_objects' },
  bytes: { kind: 'allocs', type: 'alloc_space' },
  cpu: { kind: 'cpu', type: 'cpu' },
} as const;

function grownFrame(evidence: Evidence, exercise: ExerciseFile, cost: Gate): GrownFrame | null {
  const quantity = exercise.checks.budget.find((budget) => UNIT[budget.quantity] === cost.unit)?.quantity ?? 'bytes';
  const { kind, type } = WHERE[quantity];
  const before = perRequest(evidence.slices, 'baseline', quantity);
  const after = perRequest(evidence.slices, 'candidate', quantity);
  if (before === null || after === null || cost.limit === null) return null;
  const least = Math.max(0, (cost.observed ?? after) - cost.limit) / 2;
  return findGrownFrame(
    { profiles: evidence.profiles.baseline.get(kind) ?? [], type, cost: before },
    { profiles: evidence.profiles.candidate.get(kind) ?? [], type, cost: after },
    least,
  );
}

/** The sentence of the wrong fix whose signals all hold; signals only, never the text of the code. */
function recogniseWrongFix(evidence: Evidence, exercise: ExerciseFile, verdict: VerdictName): string | null {
  for (const wrong of Object.values(exercise.wrong)) {
    if (wrong.verdict === verdict && wrong.when.every((condition) => holds(evidence, condition))) return wrong.sentence;
  }
  return null;
}

/**
 * The runtime times about one wait in eight and multiplies (gTrackingPeriod in runtime/runtime2.go): some hundred waits
 * tell the size of the waiting time, not its digits. Two equal services differ by up to this factor.
 */
const MUTEX_WAIT_SPREAD = 2.5;

/** A busy machine slows one of two equal services down by some percent: by this factor their CPU may differ beyond the interval. */
const CPU_SPREAD = 1.05;

/** Which of the goroutines of a request are left depends on the order in which they happened to run. */
const GOROUTINES_SPREAD = 1.15;

export function computeDifference(evidence: Evidence, { checks }: ExerciseFile): Difference | null {
  const quantity = checks.difference;
  if (quantity === 'heap-slope') return computeHeapDifference(evidence);
  if (quantity === 'held-after-burst') return computeHeldDifference(evidence);
  if (quantity === 'mutex-wait') {
    const baseline = mutexWaitMicros(evidence, 'baseline');
    const candidate = mutexWaitMicros(evidence, 'candidate');
    if (baseline === null || candidate === null || baseline === 0) return null;
    const ratio = candidate / baseline;
    const [low, high] = [ratio / MUTEX_WAIT_SPREAD, ratio * MUTEX_WAIT_SPREAD];
    return { unit: UNIT['mutex-wait'], baseline, candidate, ratio, low, high };
  }
  if (quantity === 'goroutines-left') {
    const baseline = goroutinesLeft(evidence, 'baseline');
    const candidate = goroutinesLeft(evidence, 'candidate');
    if (!baseline || candidate === null) return null;
    const ratio = candidate / baseline;
    const spread = GOROUTINES_SPREAD;
    return { unit: UNIT[quantity], baseline, candidate, ratio, low: ratio / spread, high: ratio * spread };
  }
  if (quantity === 'probe-millis') return computeProbeDifference(evidence);
  if (quantity === 'most-goroutines') return computeBurstDifference(evidence);
  if (quantity === 'slowest-millis') return computeStallDifference(evidence);
  const interval = ratioBetween(evidence.slices, 'candidate', 'baseline', quantity);
  const baseline = perRequest(evidence.slices, 'baseline', quantity);
  const candidate = perRequest(evidence.slices, 'candidate', quantity);
  if (!interval || baseline === null || candidate === null) return null;
  const spread = quantity === 'cpu' ? CPU_SPREAD : 1;
  return {
    unit: UNIT[quantity],
    baseline,
    candidate,
    ratio: interval.estimate,
    low: interval.low / spread,
    high: interval.high * spread,
  };
}

function describeDifference(difference: Difference | null): string {
  if (!difference) return '';
  const { baseline, candidate, unit, ratio, low, high } = difference;
  const change =
    low <= 1 && high >= 1
      ? 'no difference at this noise'
      : `${ratio < 1 ? 'better' : 'worse'} by ${(Math.abs(1 - ratio) * 100).toFixed(0)} %`;
  return `${amount(baseline)} → ${amount(candidate)} ${unit}, ${change}.`;
}
