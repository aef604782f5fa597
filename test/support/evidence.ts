import type { ExerciseFile } from '../../protocol/index.ts';
import { exerciseFile } from '../../protocol/index.ts';
import { type Evidence, NO_EVIDENCE, type Probe, type Side, type Slice } from '../../server/course/verdict/evidence.ts';
import { serviceCounters } from './service-reading.ts';

/** `rounds` slices of one side with so many requests each; costs are per request. */
export function slicesOf(
  side: Side,
  cost: { objects?: number; bytes?: number; cpu?: (round: number) => number },
  { rounds = 20, requests = 100, lost = 0 } = {},
): Slice[] {
  return Array.from({ length: rounds }, (_, round) => ({
    side,
    round,
    offered: requests,
    completed: requests - lost,
    errors: 0,
    wrong: 0,
    before: serviceCounters({}),
    after: serviceCounters({
      objects: (cost.objects ?? 100) * requests,
      bytes: (cost.bytes ?? 1_000) * requests,
      cpuNanos: (cost.cpu?.(round) ?? 50_000) * requests,
    }),
  }));
}

/** Requests of one side that were sent alone and took so many milliseconds, with ten calls each, one at a time. */
export function probesOf(side: Side, millis: readonly number[], fields: Partial<Probe> = {}): Probe[] {
  return millis.map((each) => ({ side, millis: each, ok: true, calls: 10, callsInFlight: 1, ...fields }));
}

/** Evidence in which everything went well; `fields` say what didn't. */
export function evidence(fields: Partial<Evidence>): Evidence {
  const fine = { requests: 5_000, wrong: 0, errors: 0, examples: [], invariants: [], callsInFlight: null };
  const profiledSlices = fields.slices ?? [];
  return { ...NO_EVIDENCE, behaviour: fine, heldout: { behaviour: fine, slices: [] }, profiledSlices, ...fields };
}

/** An exercise about objects per request, with what a test changes. */
export function exercise(checks: Record<string, unknown> = {}, wrong: Record<string, unknown> = {}): ExerciseFile {
  return exerciseFile.parse({
    title: 'T',
    summary: 'S',
    minutes: 5,
    service: 'search',
    kinds: ['cpu'],
    focus: 'search/validate.go',
    scenario: 'search',
    load: { rate: 100, verdictRate: 1_000 },
    checks: {
      behaviour: {},
      symptom: [{ title: 'waiting', signal: 'calls-in-flight', atMost: 1_000, unit: 'calls' }],
      budget: [{ quantity: 'objects', atMost: 1.2 }],
      difference: 'objects',
      ...checks,
    },
    predict: { kind: 'cpu', type: 'cpu', question: '?', frame: 'x', explain: 'y' },
    hints: ['instrument', 'frame', 'line', 'example'].map((level) => ({ level, text: 'look' })),
    wrong,
    questions: [{ id: 'q', text: '?', options: ['a', 'b'], right: 0, explain: 'a' }],
  });
}
