import { useMemo } from 'react';
import type { SlideWidget } from '../../protocol/index.ts';
import { instanceOfService, SLIDE_METRICS, STRIP_METRICS, useStore } from '../state/index.ts';
import { type Metric, MetricStrip } from '../timeline/index.ts';
import type { SlideSources } from './slide-sources.ts';

export interface MetricWidgetProps {
  readonly widget: Extract<SlideWidget, { widget: 'metric' }>;
  readonly sources: Pick<SlideSources, 'lab' | 'metrics'>;
}

/** Requests and runtime metrics of a service over the last two minutes. */
export function MetricWidget({ widget, sources }: MetricWidgetProps) {
  const { service, metrics: wanted } = widget;
  const instance = useStore(sources.lab.store, ({ lab }) => instanceOfService(lab, service));
  const points = useStore(sources.metrics.store, (state) => state.points[instance ?? '']);
  const metrics = useMemo((): Metric[] => {
    const chosen = wanted ? SLIDE_METRICS.filter(({ name }) => wanted.includes(name)) : STRIP_METRICS;
    return chosen.map(({ name, title, unit }) => {
      const found = points?.[name] ?? [];
      return { name, title, unit, series: found.length > 0 ? [{ side: 'after', points: found }] : [] };
    });
  }, [points, wanted]);
  return (
    <figure className="slide-figure" aria-label={`Metrics of ${service}`}>
      <figcaption>
        <strong>Metrics</strong> of <code>{service}</code>
      </figcaption>
      <MetricStrip metrics={metrics} />
    </figure>
  );
}
