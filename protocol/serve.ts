import { z } from 'zod';

/** What a service of the fleet says (go-samples/internal/serve): one ready line on stdout, counters and metrics over HTTP. */
export const readyLine = z.object({
  ready: z.literal(true),
  service: z.string(),
  addr: z.string(),
  pid: z.number(),
  go: z.string(),
});
export type ReadyLine = z.infer<typeof readyLine>;

/** Cumulative since the process started. `cpuNanos`: user + system time of the process; objects, bytes: heap allocations. */
export const counters = z.object({
  unixMillis: z.number(),
  cpuNanos: z.number(),
  objects: z.number(),
  bytes: z.number(),
  gcCycles: z.number(),
  gcCyclesForced: z.number(),
  goroutines: z.number(),
  requests: z.number(),
  errors: z.number(),
  inFlight: z.number(),
});
export type Counters = z.infer<typeof counters>;

/** The flight recorder; `kept` is the newest slow request that left a snapshot. Times are Unix milliseconds. */
export const serviceFlight = z.object({
  available: z.boolean(),
  on: z.boolean(),
  untilMillis: z.number(),
  slowMillis: z.number(),
  kept: z
    .object({ id: z.number(), unixMillis: z.number(), endpoint: z.string(), millis: z.number(), bytes: z.number() })
    .nullable(),
});
export type ServiceFlight = z.infer<typeof serviceFlight>;

export const serviceMetrics = z.object({
  unixMillis: z.number(),
  uptimeMillis: z.number(),
  counters,
  rates: z.object({ memProfile: z.number(), mutexFraction: z.number(), blockNanos: z.number() }),
  gomaxprocs: z.number(),
  runtime: z.record(z.string(), z.number()),
  latency: z.object({ bounds_seconds: z.array(z.number()), counts: z.array(z.number()) }),
  /** Absent from a service whose instruments are older. */
  flight: serviceFlight.optional(),
});
export type ServiceMetrics = z.infer<typeof serviceMetrics>;
