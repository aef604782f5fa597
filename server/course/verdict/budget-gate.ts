import type { ExerciseFile, Gate } from '../../../protocol/index.ts';
import { secondsToSettle } from './enough-rounds.ts';
import type { Evidence, Slice } from './evidence.ts';
import type { GateReading } from './gate-reading.ts';
import { perRequest, type Quantity, ratioBetween, UNIT } from './quantities.ts';
import { computeSignal } from './signals.ts';

type Budget = ExerciseFile['checks']['budget'][number];

/**
 * G4: per request at most k × the reference solution's, both measured in the same interleaved run. Objects and bytes
 * decide by their value (they repeat within 0.5 and 2 %); CPU only when its whole interval lies on one side of the limit.
 */
export function computeBudgetGate(evidence: Evidence, exercise: ExerciseFile): Gate {
  const { checks } = exercise;
  const base = { id: 'G4', title: 'Budget' } as const;
  const empty = {
    ...base,
    pass: null,
    observed: null,
    limit: null,
    unit: '',
    explain: 'Cost per request against the reference solution.',
  };
  if (evidence.slices.length === 0) return empty;
  const readings = checks.budget.map((budget) => readBudget(evidence.slices, budget, exercise));
  if (checks.scaling) readings.push(readScaling(evidence, checks.scaling));
  if (readings.some((reading) => reading === null)) return empty;
  const seen = readings.filter((reading) => reading !== null);
  const shown = firstWith(seen, false) ?? firstWith(seen, null) ?? seen[0];
  if (!shown) return { ...empty, pass: true, explain: 'No cost per request is limited here; the symptom decides.' };
  const explain = shown.pass ? seen.map((reading) => reading.explain).join(' ') : shown.explain;
  return { ...base, ...shown, explain };
}

const firstWith = (readings: readonly GateReading[], pass: boolean | null): GateReading | undefined =>
  readings.find((reading) => reading.pass === pass);

/** The first budget that the held-out load breaks, or leaves unsure; null when all hold. */
export function computeHeldoutBudget(evidence: Evidence, exercise: ExerciseFile): GateReading | null {
  const slices = evidence.heldout?.slices ?? [];
  const readings = exercise.checks.budget
    .map((budget) => readBudget(slices, budget, exercise))
    .filter((reading) => reading !== null);
  const shown = firstWith(readings, false) ?? firstWith(readings, null);
  return shown ? { ...shown, explain: `With keys and sizes that were not seen before: ${shown.explain}` } : null;
}

function readBudget(
  slices: readonly Slice[],
  { quantity, atMost }: Budget,
  { load }: ExerciseFile,
): GateReading | null {
  const ratio = ratioBetween(slices, 'candidate', 'reference', quantity);
  const observed = perRequest(slices, 'candidate', quantity);
  const reference = perRequest(slices, 'reference', quantity);
  if (!ratio || observed === null || reference === null) return null;
  const isUnsure = quantity === 'cpu' && ratio.low <= atMost && ratio.high >= atMost;
  const limit = reference * atMost;
  const seen = `${amount(observed)} ${UNIT[quantity]}, ${ratio.estimate.toFixed(2)} × the reference solution's (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}); the budget is ${atMost} ×, ${amount(limit)}.`;
  const seconds = isUnsure ? secondsToSettle(ratio, atMost, timesOf(slices, load.sliceMillis)) : null;
  return {
    pass: isUnsure ? null : ratio.estimate <= atMost,
    observed,
    limit,
    unit: UNIT[quantity],
    explain: isUnsure ? `${seen} ${howLong(seconds)}` : seen,
  };
}

function timesOf(slices: readonly Slice[], sliceMillis: number): { rounds: number; roundMillis: number } {
  const sides = new Set(slices.map((slice) => slice.side)).size;
  return { rounds: slices.length / sides, roundMillis: sides * sliceMillis };
}

function howLong(seconds: number | null): string {
  return seconds === null
    ? 'That is too close to call: more measuring would not decide it.'
    : `That is too close to call: about ${seconds} s more of measuring would decide it.`;
}

function readScaling(evidence: Evidence, scaling: { quantity: Quantity; atMost: number }): GateReading | null {
  const observed = computeSignal(evidence, `scaling.${scaling.quantity}`);
  if (observed === null) return null;
  return {
    pass: observed <= scaling.atMost,
    observed,
    limit: scaling.atMost,
    unit: 'times',
    explain: `Four times the size takes ${observed.toFixed(1)} × the ${scaling.quantity}; at most ${scaling.atMost} × is linear enough.`,
  };
}

export function amount(value: number): string {
  if (value === 0) return '0';
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
