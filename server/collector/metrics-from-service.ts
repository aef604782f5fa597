import type { ServiceMetrics } from '../../protocol/index.ts';

export interface MetricValue {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/**
 * Rates and shares between two readings of one service, counters being cumulative. With no earlier reading only the
 * levels (heap, goroutines) come. `gc_cpu_share` is GC / (GC + user) of /cpu/classes, which change only at a GC: a window
 * without one reads 0/0 and counts as 0.
 */
export function metricsFromService(before: ServiceMetrics | null, after: ServiceMetrics): MetricValue[] {
  const values: MetricValue[] = [
    { name: 'goroutines', unit: 'count', value: after.counters.goroutines },
    { name: 'in_flight', unit: 'count', value: after.counters.inFlight },
  ];
  pushLevel(values, after, 'heap_live_bytes', '/gc/heap/live:bytes');
  pushLevel(values, after, 'heap_objects_bytes', '/memory/classes/heap/objects:bytes');
  const seconds = before ? (after.uptimeMillis - before.uptimeMillis) / 1_000 : 0;
  if (!before || seconds <= 0) return values;
  const rate = (read: (metrics: ServiceMetrics) => number): number => Math.max(0, read(after) - read(before)) / seconds;
  values.push(
    { name: 'requests_per_second', unit: 'per-second', value: rate((m) => m.counters.requests) },
    { name: 'errors_per_second', unit: 'per-second', value: rate((m) => m.counters.errors) },
    { name: 'cpu_cores', unit: 'cores', value: rate((m) => m.counters.cpuNanos) / 1e9 },
    { name: 'allocated_bytes_per_second', unit: 'bytes-per-second', value: rate((m) => m.counters.bytes) },
    { name: 'allocated_objects_per_second', unit: 'per-second', value: rate((m) => m.counters.objects) },
    { name: 'gc_cycles_per_second', unit: 'per-second', value: rate((m) => m.counters.gcCycles) },
    { name: 'gc_cpu_share', unit: 'share', value: gcShare(before, after) },
    { name: 'service_time_p50_seconds', unit: 'seconds', value: quantile(before, after, 0.5) },
    { name: 'service_time_p99_seconds', unit: 'seconds', value: quantile(before, after, 0.99) },
  );
  return values;
}

function pushLevel(values: MetricValue[], metrics: ServiceMetrics, name: string, runtimeName: string): void {
  const value = metrics.runtime[runtimeName];
  if (value !== undefined) values.push({ name, unit: 'bytes', value });
}

function gcShare(before: ServiceMetrics, after: ServiceMetrics): number {
  const delta = (name: string): number => (after.runtime[name] ?? 0) - (before.runtime[name] ?? 0);
  const gc = delta('/cpu/classes/gc/total:cpu-seconds');
  const both = gc + delta('/cpu/classes/user:cpu-seconds');
  return both > 0 ? gc / both : 0;
}

/** Upper bound of the bucket in which the quantile falls; 0 without requests. */
function quantile(before: ServiceMetrics, after: ServiceMetrics, q: number): number {
  const counts = after.latency.counts.map((count, index) => count - (before.latency.counts[index] ?? 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return 0;
  let seen = 0;
  for (let index = 0; index < counts.length; index++) {
    seen += counts[index] ?? 0;
    if (seen >= q * total)
      return after.latency.bounds_seconds[Math.min(index, after.latency.bounds_seconds.length - 1)] ?? 0;
  }
  return 0;
}
