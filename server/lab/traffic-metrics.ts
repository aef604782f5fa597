import type { Labels, ServerEvent, ServerMessage } from '../../protocol/index.ts';
import type { TrafficStats } from './traffic.ts';

export interface MetricsOut {
  appendMetrics(
    points: readonly { name: string; unit: string; labels: Labels; atMillis: number; value: number }[],
  ): Promise<void>;
  publish<E extends Exclude<ServerEvent, 'lab:changed'>>(event: E, message: ServerMessage<E>): void;
  log(message: string): void;
}

/** Latencies as the traffic generator saw them, from the intended send time, stored beside the service's own metrics. */
export function publishStats(service: string, stats: TrafficStats, out: MetricsOut): void {
  if (stats.completed === 0) return;
  const values = {
    latency_p50_seconds: stats.p50Micros / 1e6,
    latency_p99_seconds: stats.p99Micros / 1e6,
  };
  const labels = { service, instance: stats.target };
  const points = Object.entries(values).map(([name, value]) => ({
    name,
    unit: 'seconds',
    labels,
    atMillis: stats.unixMillis,
    value,
  }));
  out.appendMetrics(points).catch((cause) => out.log(`Metrics could not be stored: ${String(cause)}`));
  out.publish('metrics:collected', { instance: stats.target, atMillis: stats.unixMillis, values });
}
