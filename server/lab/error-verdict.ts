import type { Gate, Verdict } from '../../protocol/index.ts';

const TITLES = [
  'Behaviour',
  'Conservation of work',
  'Symptom',
  'Budget',
  'Held-out load',
  'Instruments intact',
] as const;
const IDS = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6'] as const;

/** A verdict before anything could be observed: six gates, none reached. */
export function errorVerdict(exercise: string, seed: number, millis: number, summary: string): Verdict {
  const gates = IDS.map((id, index): Gate => {
    return {
      id,
      title: TITLES[index] ?? '',
      pass: null,
      observed: null,
      limit: null,
      unit: '',
      explain: 'Not reached.',
    };
  });
  return { exercise, verdict: 'error', summary, seed, gates, difference: null, millis };
}
