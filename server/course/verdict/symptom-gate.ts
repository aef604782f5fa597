import type { ExerciseFile, Gate } from '../../../protocol/index.ts';
import { describeAfterBurst } from './after-burst.ts';
import { amount } from './budget-gate.ts';
import { describeBurst } from './bursts.ts';
import { describeCollector } from './collector.ts';
import type { Evidence } from './evidence.ts';
import type { GateReading } from './gate-reading.ts';
import { findMostLeft } from './leftovers.ts';
import { describeLiveHeap } from './live-heap.ts';
import { describeProbe } from './probes.ts';
import { computeSignal, parseShareSignal, sharesByWindow } from './signals.ts';
import { describeStall } from './stalls.ts';

type Symptom = ExerciseFile['checks']['symptom'][number];

const WINDOWS = 3;

/** What stands behind a signal, as sentences; each knows its own signals, and says nothing of others. */
const FIGURES: readonly ((evidence: Evidence, signal: string) => string)[] = [
  describeProbe,
  whereLeft,
  describeLiveHeap,
  describeAfterBurst,
  describeBurst,
  describeCollector,
  describeStall,
];

/** G3: every symptom of the exercise is under its threshold. The first that isn't is the one that is shown. */
export function computeSymptomGate(evidence: Evidence, { checks }: ExerciseFile): Gate {
  const base = { id: 'G3', title: checks.symptom[0]?.title ?? 'Symptom' } as const;
  const readings =
    evidence.profiledSlices.length === 0 ? [] : checks.symptom.map((symptom) => readSymptom(evidence, symptom));
  if (readings.length === 0 || readings.some((reading) => reading === null)) {
    const first = checks.symptom[0];
    return {
      ...base,
      pass: null,
      observed: null,
      limit: first?.atMost ?? first?.atLeast ?? null,
      unit: first?.unit ?? '',
      explain: 'Read from the candidate under load.',
    };
  }
  const seen = readings.filter((reading) => reading !== null);
  const shown = seen.find((reading) => !reading.pass) ?? seen[0];
  return shown
    ? { ...base, ...shown, pass: seen.every((reading) => reading.pass) }
    : { ...base, pass: null, observed: null, limit: null, unit: '', explain: '' };
}

function readSymptom(evidence: Evidence, symptom: Symptom): GateReading | null {
  return symptom.signal.startsWith('share:') ? readShare(evidence, symptom) : readNumber(evidence, symptom);
}

function readNumber(evidence: Evidence, symptom: Symptom): GateReading | null {
  const observed = computeSignal(evidence, symptom.signal);
  if (observed === null) return null;
  const limit = symptom.atMost ?? symptom.atLeast ?? 0;
  const figures = FIGURES.map((describe) => describe(evidence, symptom.signal)).join('');
  const pass = observed <= (symptom.atMost ?? Infinity) && observed >= (symptom.atLeast ?? -Infinity);
  return {
    pass,
    observed,
    limit,
    unit: symptom.unit,
    explain: `${symptom.title}: ${describeAmount(observed, symptom.unit)}, ${describeBounds(symptom)} wanted.${figures}`,
  };
}

/** Where most of the goroutines stand that were left. */
function whereLeft(evidence: Evidence, signal: string): string {
  const most = signal.startsWith('goroutines-left') ? findMostLeft(evidence) : null;
  return most ? ` ${amount(most.count)} of them in ${most.name}.` : '';
}

const describeAmount = (value: number, unit: string): string =>
  unit === 'bytes' ? `${(value / 2 ** 20).toFixed(0)} MiB` : `${amount(value)} ${unit}`;

function describeBounds({ atLeast, atMost, unit }: Symptom): string {
  if (unit === 'bytes' && atLeast === undefined) return `at most ${describeAmount(atMost ?? 0, unit)}`;
  if (atMost === undefined) return `at least ${atLeast ?? 0}`;
  if (atLeast === undefined) return `at most ${atMost}`;
  return atLeast === atMost ? `exactly ${atMost}` : `${atLeast} to ${atMost}`;
}

/** Three windows running: the candidate's windows in time order, grouped into three of equal count, each under the limit. */
function readShare(evidence: Evidence, symptom: Symptom): GateReading | null {
  const { kind, pattern } = parseShareSignal(symptom.signal);
  const shares = sharesByWindow(evidence.profiles.candidate.get(kind) ?? [], kind, pattern);
  const limit = symptom.atMost ?? 1;
  if (shares.length < WINDOWS) return null;
  const grouped = Array.from({ length: WINDOWS }, (_, group) => {
    const part = shares.filter((_share, index) => Math.floor((index * WINDOWS) / shares.length) === group);
    const total = part.reduce((sum, window) => sum + window.total, 0);
    return part.reduce((sum, window) => sum + window.share * window.total, 0) / total;
  });
  const observed = Math.max(...grouped);
  const listed = grouped.map((share) => `${(share * 100).toFixed(1)} %`).join(', ');
  return {
    pass: observed <= limit,
    observed,
    limit,
    unit: 'share',
    explain: `${symptom.title}: ${listed} of ${kind} in three windows running, at most ${(limit * 100).toFixed(1)} % wanted.`,
  };
}
