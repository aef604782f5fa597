import type { MetricStripProps } from './metric-strip-props.ts';

export function MetricStrip({ metrics }: MetricStripProps) {
  return <div className="metric-strip">{metrics.map((metric) => metric.title).join(' ')}</div>;
}
