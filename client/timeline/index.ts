/**
 * timeline: small aligned strips of metrics over one shared time axis (requests/s, p99, heap, goroutines, GC share), for
 * one instance or for before and after laid over each other, with marks for saves; and rows of columns on which windows are
 * chosen. It must not know where points come from, nor which metrics or services exist: it draws what it is given.
 *
 *     <MetricStrip metrics={[{ name: 'heap', title: 'Heap', unit: 'bytes', series }]} marks={[{ atMillis, label: 'saved' }]} />
 */
export type { TimeSpan } from './brush-geometry.ts';
export { BrushTimeline } from './brush-timeline.tsx';
export type { BrushSide, BrushTimelineProps, TimelineRow } from './brush-timeline-props.ts';
export { MetricStrip } from './metric-strip.tsx';
export type { Metric, MetricSeries, MetricStripProps, TimeMark } from './metric-strip-props.ts';
