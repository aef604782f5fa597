import { z } from 'zod';
import { counters } from './serve.ts';

/** The lines that go-samples/load prints. Latencies count from the intended send time. */
const request = z.object({ method: z.string(), path: z.string(), body: z.string().optional() });

/** One answer that the scenario's model calls wrong. */
export const wrongAnswer = z.object({
  request,
  status: z.number(),
  got: z.string(),
  expected: z.string(),
  rule: z.string(),
});
export type WrongAnswer = z.infer<typeof wrongAnswer>;

const interval = {
  target: z.string(),
  completed: z.number(),
  errors: z.number(),
  wrong: z.number(),
  p50Micros: z.number(),
  p99Micros: z.number(),
};

export const invariant = z.object({
  id: z.string(),
  title: z.string(),
  pass: z.boolean(),
  observed: z.string(),
  expected: z.string(),
});
export type Invariant = z.infer<typeof invariant>;

const burstPhase = z.object({
  offered: z.number(),
  accepted: z.number(),
  refused: z.number(),
  wrong: z.number(),
  errors: z.number(),
  unanswered: z.number(),
});

export const loadLine = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('stats'), unixMillis: z.number(), sent: z.number(), ...interval }),
  z.object({ event: z.literal('wrong'), target: z.string(), ...wrongAnswer.shape }),
  z.object({
    event: z.literal('slice'),
    index: z.number(),
    pair: z.number(),
    startMillis: z.number(),
    endMillis: z.number(),
    offered: z.number(),
    before: counters,
    after: counters,
    maxInFlightDownstream: z.number().optional(),
    /** Live bytes after a collection; visitors who had been there before, a moment or long ago, and who of them were known. */
    heap: z
      .object({
        liveBytes: z.number(),
        soon: z.number(),
        soonKnown: z.number(),
        late: z.number(),
        lateKnown: z.number(),
      })
      .optional(),
    ...interval,
  }),
  z.object({
    event: z.literal('probe'),
    target: z.string(),
    round: z.number(),
    millis: z.number(),
    ok: z.boolean(),
    calls: z.number().optional(),
    maxInFlight: z.number().optional(),
  }),
  z.object({
    event: z.literal('burst'),
    target: z.string(),
    base: burstPhase,
    burst: burstPhase,
    mostGoroutines: z.number(),
    samples: z.number(),
    stackBytes: z.number(),
    sent: z.number(),
    each: z.number(),
    capacityUsed: z.number(),
    mostInLine: z.number(),
    examples: z.array(wrongAnswer),
  }),
  /** One long job and what each small request beside it waited. */
  z.object({
    event: z.literal('stall'),
    target: z.string(),
    round: z.number(),
    jobMillis: z.number(),
    offered: z.number(),
    completed: z.number(),
    errors: z.number(),
    wrong: z.number(),
    readMicros: z.array(z.number()),
    writeMicros: z.array(z.number()),
  }),
  z.object({ event: z.literal('done'), pairs: z.number(), millis: z.number() }),
  z.object({ event: z.literal('progress'), requests: z.number() }),
  z.object({
    event: z.literal('behaved'),
    requests: z.number(),
    wrong: z.number(),
    errors: z.number(),
    millis: z.number(),
    examples: z.array(wrongAnswer),
    invariants: z.array(invariant),
  }),
  z.object({ event: z.literal('overload'), target: z.string() }).loose(),
  z.object({
    event: z.literal('one'),
    target: z.string(),
    request,
    status: z.number(),
    body: z.string(),
    millis: z.number(),
    ok: z.boolean(),
    expected: z.string().optional(),
  }),
]);
export type LoadLine = z.infer<typeof loadLine>;
