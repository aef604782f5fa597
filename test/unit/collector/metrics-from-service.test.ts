import { expect, test } from 'vitest';
import type { ServiceMetrics } from '../../../protocol/index.ts';
import { metricsFromService } from '../../../server/collector/metrics-from-service.ts';

const reading = (uptimeMillis: number, requests: number, counts: number[], gc: number): ServiceMetrics => ({
  unixMillis: 0,
  uptimeMillis,
  counters: {
    unixMillis: 0,
    cpuNanos: requests * 1e6,
    objects: 0,
    bytes: 0,
    gcCycles: 0,
    gcCyclesForced: 0,
    goroutines: 7,
    requests,
    errors: 0,
    inFlight: 0,
  },
  rates: { memProfile: 524_288, mutexFraction: 5, blockNanos: 10_000 },
  gomaxprocs: 2,
  runtime: {
    '/cpu/classes/gc/total:cpu-seconds': gc,
    '/cpu/classes/user:cpu-seconds': 3 * gc,
    '/gc/heap/live:bytes': 1_000,
  },
  latency: { bounds_seconds: [0.001, 0.01, 0.1], counts },
});

const named = (values: ReturnType<typeof metricsFromService>) =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]));

test('rates come from two readings, levels from one', () => {
  expect(named(metricsFromService(null, reading(1_000, 5, [5, 0, 0], 0)))).toMatchObject({
    goroutines: 7,
    heap_live_bytes: 1_000,
  });
  const values = named(metricsFromService(reading(1_000, 100, [100, 0, 0], 1), reading(3_000, 300, [290, 10, 0], 2)));
  expect(values).toMatchObject({ requests_per_second: 100, cpu_cores: 0.1, gc_cpu_share: 0.25 });
  expect(values.service_time_p50_seconds).toBe(0.001);
  expect(values.service_time_p99_seconds).toBe(0.01);
});

test('a window without a GC reads 0/0 and counts as 0', () => {
  const values = named(metricsFromService(reading(0, 0, [0, 0, 0], 1), reading(1_000, 0, [0, 0, 0], 1)));
  expect(values.gc_cpu_share).toBe(0);
  expect(values.service_time_p99_seconds).toBe(0);
});
