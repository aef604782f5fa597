/**
 * timeline: small aligned strips of metrics over one shared time axis (requests/s, p99, heap, goroutines, GC share), for
 * one instance or for before and after laid over each other, with marks for saves. It must not know where points come
 * from, nor which metrics exist: it draws what it is given.
 *
 *     <MetricStrip metrics={[{ name: 'heap', title: 'Heap', unit: 'bytes', series }]} marks={[{ atMillis, label: 'saved' }]} />
 */
export { MetricStrip } from './metric-strip.tsx';
export type { Metric, MetricSeries, MetricStripProps, TimeMark } from './metric-strip-props.ts';
