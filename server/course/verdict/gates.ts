import type { ExerciseFile, Gate } from '../../../protocol/index.ts';
import { computeBudgetGate, computeHeldoutBudget } from './budget-gate.ts';
import { faultyBurst } from './bursts.ts';
import { MIN_COMPLETED } from './enough-rounds.ts';
import type { BehaviourReport, Evidence, Slice } from './evidence.ts';
import { faultyProbes } from './probes.ts';
import { completedBy } from './quantities.ts';
import { faultyInStalls } from './stalls.ts';
import { computeSymptomGate } from './symptom-gate.ts';

/** The six gates from what was observed so far, always all of them: not reached is `pass: null`. */
export function computeGates(evidence: Evidence, exercise: ExerciseFile): Gate[] {
  return [
    behaviourGate(evidence),
    conservationGate(evidence),
    computeSymptomGate(evidence, exercise),
    computeBudgetGate(evidence, exercise),
    heldoutGate(evidence, exercise),
    instrumentsGate(evidence),
  ];
}

function behaviourGate(evidence: Evidence): Gate {
  const base = { id: 'G1', title: 'Behaviour', limit: 0, unit: 'wrong answers' } as const;
  if (evidence.crash !== null)
    return { ...base, pass: false, observed: null, explain: `The service did not stay up: ${evidence.crash}` };
  const report = wrongLeftovers(evidence) ?? wrongBurst(evidence) ?? evidence.behaviour;
  if (!report)
    return { ...base, pass: null, observed: null, explain: 'Randomised requests against the reference model.' };
  const faults = faultsOf(report);
  if (evidence.race?.outcome === 'failed' && faults === 0) {
    const found = evidence.race.found === 'race' ? 'found a data race' : 'failed';
    return { ...base, pass: false, observed: 1, explain: `go test -race ${found}. ${evidence.race.output}` };
  }
  const race = raceNote(evidence);
  return { ...base, pass: faults === 0, observed: faults, explain: describeBehaviour(report) + race };
}

/** The run whose leftovers are counted has to be answered rightly as well: who sheds it leaves nothing behind. */
function wrongLeftovers({ leftovers }: Evidence): BehaviourReport | null {
  const report = leftovers?.candidate.behaviour ?? null;
  return report && faultsOf(report) > 0 ? report : null;
}

/** And so has the burst: who turns huge requests away holds nothing of them. */
function wrongBurst({ afterBurst }: Evidence): BehaviourReport | null {
  const report = afterBurst?.candidate.behaviour ?? null;
  return report && faultsOf(report) > 0 ? report : null;
}

const RACE_NOTES = {
  clean: ' go test -race is clean.',
  'no-compiler': ' No C compiler here, so go test -race could not run; contention was tested under load instead.',
  'not-compiling':
    ' The tests do not compile with this code, so go test -race could not run; contention was tested under load.',
  failed: '',
} as const;

function raceNote(evidence: Evidence): string {
  if (evidence.race === null) return '';
  return RACE_NOTES[evidence.race.outcome];
}

/** Wrong answers; without any, requests without an answer; without these, totals that don't add up. */
export function faultsOf(report: BehaviourReport): number {
  return report.wrong || report.errors || report.invariants.filter((invariant) => !invariant.pass).length;
}

/** `The service answered 37 of 5,000 requests wrongly, e.g. GET /search?q=… → 200, expected 400`. */
function describeBehaviour(report: BehaviourReport): string {
  const requests = report.requests.toLocaleString('en');
  if (faultsOf(report) === 0) return `${requests} randomised requests, all as the reference model says.`;
  const example = report.examples[0];
  if (example) {
    const sent = `${example.request.method} ${example.request.path}${example.request.body ? ` ${example.request.body}` : ''}`;
    return `${report.wrong.toLocaleString('en')} of ${requests} answers are wrong (${example.rule}), e.g. ${sent} → ${example.status} ${example.got}; expected ${example.expected}.`;
  }
  const broken = report.invariants.find((invariant) => !invariant.pass);
  if (broken) return `After ${requests} requests: ${broken.title}: ${broken.observed}, expected ${broken.expected}.`;
  return `${report.errors.toLocaleString('en')} of ${requests} requests got no answer.`;
}

/** Offered = completed, no errors, enough of them: work that is shed or left undone doesn't count as faster. */
function conservationGate(evidence: Evidence): Gate {
  const { slices, profiledSlices, liveHeap, afterBurst, collector } = evidence;
  const base = { id: 'G2', title: 'Conservation of work', limit: 0, unit: 'lost requests' } as const;
  if (slices.length === 0)
    return { ...base, pass: null, observed: null, explain: 'Every request that is offered must be completed.' };
  const { before = [], after = [] } = afterBurst?.candidate ?? {};
  const own = [
    ...slices,
    ...profiledSlices,
    ...(liveHeap?.slices ?? []),
    ...before,
    ...after,
    ...(collector?.slices ?? []),
  ].filter((slice) => slice.side === 'candidate');
  const sum = (read: (slice: Slice) => number): number => own.reduce((total, slice) => total + read(slice), 0);
  const offered = sum((slice) => slice.offered);
  const completed = completedBy(own, 'candidate');
  const alone = faultyProbes(evidence);
  const inBurst = faultyBurst(evidence);
  const beside = faultyInStalls(evidence);
  const lost =
    offered - completed + sum((slice) => slice.errors) + sum((slice) => slice.wrong) + alone + inBurst + beside;
  const enough = completed >= MIN_COMPLETED;
  const explain = `${offered.toLocaleString('en')} requests offered, ${completed.toLocaleString('en')} completed, ${sum((slice) => slice.errors)} errors, ${sum((slice) => slice.wrong)} wrong.${alone > 0 ? ` ${alone} more that were sent alone.` : ''}${inBurst > 0 ? ` ${inBurst.toLocaleString('en')} of the burst are wrong, or not delivered.` : ''}${beside > 0 ? ` ${beside} more beside long jobs.` : ''}`;
  return {
    ...base,
    pass: lost === 0 && enough,
    observed: lost,
    explain: enough ? explain : `${explain} At least ${MIN_COMPLETED} are needed.`,
  };
}

function heldoutGate(evidence: Evidence, exercise: ExerciseFile): Gate {
  const base = { id: 'G5', title: 'Held-out load', unit: 'wrong answers', limit: 0 } as const;
  if (!evidence.heldout) {
    return {
      ...base,
      pass: null,
      observed: null,
      explain: 'The same with keys, sizes and concurrency that the learner has not seen.',
    };
  }
  const faults = faultsOf(evidence.heldout.behaviour);
  if (faults > 0)
    return { ...base, pass: false, observed: faults, explain: describeBehaviour(evidence.heldout.behaviour) };
  const over = computeHeldoutBudget(evidence, exercise);
  if (over) return { ...base, ...over };
  const requests = evidence.heldout.behaviour.requests.toLocaleString('en');
  return {
    ...base,
    pass: true,
    observed: 0,
    explain: `${requests} requests of a load that you have not seen: right, and within the budget.`,
  };
}

function instrumentsGate({ instruments }: Evidence): Gate {
  const { changedFiles, rates, helpers } = instruments;
  const changes = [...changedFiles.map((file) => `${file} was changed`), ...rates];
  if (helpers > 0)
    changes.push(`the service ran ${helpers} other ${helpers === 1 ? 'process' : 'processes'}, where no profile looks`);
  return {
    id: 'G6',
    title: 'Instruments intact',
    pass: changes.length === 0,
    observed: changes.length,
    limit: 0,
    unit: 'changes',
    explain:
      changes.length === 0
        ? 'Profile rates as set, internal/serve unchanged.'
        : `${changes.join('; ')}. ${helpers > 0 ? 'What it costs must be seen: do it in the service itself.' : 'Evidence needs its instruments: put them back.'}`,
  };
}
