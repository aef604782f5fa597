import type { Burst, BurstPhase, Side } from '../../server/course/verdict/evidence.ts';

const phase = (fields: Partial<BurstPhase>): BurstPhase => ({
  offered: fields.accepted ?? 0,
  accepted: 0,
  refused: 0,
  wrong: 0,
  errors: 0,
  unanswered: 0,
  ...fields,
});

/** One side that accepts 20 requests of 50 messages each before the burst and 300 of 960 in it; `burst` and `base` say what differs. */
export function burstOf(
  side: Side,
  {
    base,
    burst,
    ...fields
  }: Partial<Omit<Burst, 'base' | 'burst'>> & Partial<Record<'base' | 'burst', Partial<BurstPhase>>>,
): Burst {
  return {
    side,
    base: phase({ accepted: 20, ...base }),
    burst: phase({ offered: 960, accepted: 300, refused: 660, ...burst }),
    mostGoroutines: 200,
    samples: 120,
    stackBytes: 2 ** 20,
    sent: 16_000,
    each: 50,
    capacityUsed: 0.97,
    mostInLine: 0,
    examples: [],
    ...fields,
  };
}
