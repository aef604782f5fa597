import type { ExerciseFile, Gate } from '../../../protocol/index.ts';
import type { Evidence, Slice } from './evidence.ts';
import type { GateReading } from './gate-reading.ts';
import { perRequest, type Quantity, ratioBetween, UNIT } from './quantities.ts';
import { computeSignal } from './signals.ts';

type Budget = ExerciseFile['checks']['budget'][number];

/**
 * G4: per request at most k × the reference solution's, both measured in the same interleaved run. Objects and bytes
 * decide by their value (they repeat within 0.5 and 2 %); CPU only when its whole interval lies beyond the limit.
 */
export function computeBudgetGate(evidence: Evidence, { checks }: ExerciseFile): Gate {
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
  const readings = checks.budget.map((budget) => readBudget(evidence.slices, budget));
  if (checks.scaling) readings.push(readScaling(evidence, checks.scaling));
  if (readings.some((reading) => reading === null)) return empty;
  const seen = readings.filter((reading) => reading !== null);
  const shown = seen.find((reading) => !reading.pass) ?? seen[0];
  if (!shown) return { ...empty, pass: true, explain: 'No cost per request is limited here; the symptom decides.' };
  const pass = seen.every((reading) => reading.pass);
  return { ...base, ...shown, pass, explain: pass ? seen.map((reading) => reading.explain).join(' ') : shown.explain };
}

/** The first budget that the held-out load breaks; null when all hold. */
export function computeHeldoutBudget(evidence: Evidence, { checks }: ExerciseFile): Omit<GateReading, 'pass'> | null {
  const slices = evidence.heldout?.slices ?? [];
  for (const budget of checks.budget) {
    const reading = readBudget(slices, budget);
    if (reading && !reading.pass) {
      const { observed, limit, unit, explain } = reading;
      return { observed, limit, unit, explain: `With keys and sizes that were not seen before: ${explain}` };
    }
  }
  return null;
}

function readBudget(slices: readonly Slice[], { quantity, atMost }: Budget): GateReading | null {
  const ratio = ratioBetween(slices, 'candidate', 'reference', quantity);
  const observed = perRequest(slices, 'candidate', quantity);
  const reference = perRequest(slices, 'reference', quantity);
  if (!ratio || observed === null || reference === null) return null;
  const pass = quantity === 'cpu' ? ratio.low <= atMost : ratio.estimate <= atMost;
  const limit = reference * atMost;
  const explain = `${amount(observed)} ${UNIT[quantity]}, ${ratio.estimate.toFixed(2)} × the reference solution's (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}); the budget is ${atMost} ×, ${amount(limit)}.`;
  return { pass, observed, limit, unit: UNIT[quantity], explain };
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
