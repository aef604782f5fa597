import { useMemo } from 'react';
import { isPredicting, STRIP_METRICS, saveOfExercise, useStore } from '../state/index.ts';
import { type Metric, type MetricSeries, MetricStrip, type MetricStripProps } from '../timeline/index.ts';
import type { Session } from './session.ts';

type GraphStripProps = Pick<MetricStripProps, 'sides'> & { readonly session: Session };

/** Requests, latency, heap, goroutines and GC of the processes on the graph, over the last two minutes; before a prediction without numbers. */
export function GraphStrip({ session, ...names }: GraphStripProps) {
  const predicting = useStore(session.course.store, isPredicting);
  const points = useStore(session.metrics.store, (state) => state.points);
  const sources = useStore(session.profiles.store, (state) => state.sources);
  const slug = useStore(session.course.store, (state) => state.exercise?.slug);
  const save = useStore(session.lab.store, (state) => saveOfExercise(state.lab, slug));
  const savedAt = save?.atMillis;
  const metrics = useMemo((): Metric[] => {
    const side = (name: string, which: 'before' | 'after'): MetricSeries[] => {
      const instance = sources[which]?.instance;
      const found = instance === undefined ? undefined : points[instance]?.[name];
      return found && found.length > 0 ? [{ side: which, points: found }] : [];
    };
    return STRIP_METRICS.map(({ name, title, unit }) => ({
      name,
      title,
      unit,
      series: [...side(name, 'before'), ...side(name, 'after')],
    }));
  }, [points, sources]);
  const marks = useMemo(() => (savedAt === undefined ? [] : [{ atMillis: savedAt, label: 'saved' }]), [savedAt]);
  return (
    <div className="graph-strip">
      <MetricStrip metrics={metrics} marks={marks} numbers={!predicting} {...names} />
    </div>
  );
}
