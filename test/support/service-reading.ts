import type { Counters, ServiceMetrics } from '../../protocol/index.ts';

/** What a service says of itself, with the instruments as set; `mutexWaitSeconds` since it started. */
export function serviceReading(mutexWaitSeconds: number): ServiceMetrics {
  return {
    unixMillis: 0,
    uptimeMillis: 0,
    counters: serviceCounters({}),
    rates: { memProfile: 524_288, mutexFraction: 5, blockNanos: 10_000 },
    gomaxprocs: 2,
    runtime: { '/sync/mutex/wait/total:seconds': mutexWaitSeconds },
    latency: { bounds_seconds: [], counts: [] },
  };
}

/** Counters at 0, with ten goroutines, but for what `fields` say. */
export function serviceCounters(fields: Partial<Counters>): Counters {
  return {
    unixMillis: 0,
    cpuNanos: 0,
    objects: 0,
    bytes: 0,
    gcCycles: 0,
    gcCyclesForced: 0,
    goroutines: 10,
    requests: 0,
    errors: 0,
    inFlight: 0,
    ...fields,
  };
}
