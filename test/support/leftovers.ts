import type { BehaviourReport, Leftovers } from '../../server/course/verdict/evidence.ts';
import { profileFromText } from './profile-from-text.ts';

const RIGHT: BehaviourReport = {
  requests: 1_000,
  wrong: 0,
  errors: 0,
  examples: [],
  invariants: [],
  callsInFlight: null,
};

/** One side before and after a thousand right answers: goroutines as `main.a;runtime.chansend1 5` per line. */
export function leftoversOf(
  before: string,
  after: string,
  {
    bytes = 0,
    objects = 100,
    behaviour = {},
  }: { bytes?: number; objects?: number; behaviour?: Partial<BehaviourReport> } = {},
): Leftovers {
  return {
    behaviour: { ...RIGHT, ...behaviour },
    before: { objects: 7, goroutines: profileFromText(before), liveBytes: 1_000_000 },
    after: { objects: 7 + objects, goroutines: profileFromText(after), liveBytes: 1_000_000 + bytes },
  };
}
