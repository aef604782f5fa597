import './metric-strip.css';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { formatClock, formatValue } from '../ui/index.ts';
import type { Metric, MetricSeries, MetricStripProps, TimeMark } from './metric-strip-props.ts';
import { linePath, pointNear, timeAxis, topOf } from './strip-geometry.ts';

interface Axis {
  readonly from: number;
  readonly to: number;
}

/** Small strips over one time axis. Pointer or arrow keys read all of them at one moment; else they say their newest value. */
export function MetricStrip(props: MetricStripProps) {
  const { metrics, marks = [], sides = PLAIN_SIDES, numbers = true, from, to } = props;
  const [moment, setMoment] = useState<number | null>(null);
  const axis = timeAxis(metrics, { from, to });
  if (axis === null) {
    return <p className="metric-strip-empty">No metrics yet: they come with the first seconds of a running service.</p>;
  }
  const onMove = (event: PointerEvent<HTMLElement>) => {
    const line = event.target instanceof Element ? event.target.closest('[data-plot]') : null;
    if (line === null) return;
    const box = line.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)));
    setMoment(axis.from + share * (axis.to - axis.from));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = momentAfter(event.key, moment ?? axis.to, axis);
    if (next === undefined) return;
    event.preventDefault();
    setMoment(next);
  };
  const shown = moment === null ? null : Math.min(axis.to, Math.max(axis.from, moment));
  return (
    <section
      className="metric-strip"
      aria-label={`Metrics${shown === null ? '' : ` at ${formatClock(shown)}`}. Arrow keys read earlier moments.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its arrow keys read the strips at a moment
      tabIndex={0}
      onPointerMove={onMove}
      onPointerLeave={() => setMoment(null)}
      onKeyDown={onKeyDown}
      onBlur={() => setMoment(null)}
    >
      {metrics.map((metric) => (
        <Strip key={metric.name} {...{ metric, marks, axis, moment: shown, sides, numbers }} />
      ))}
      <p className="metric-strip-time" aria-live="polite">
        {shown === null ? `${formatClock(axis.from)} – ${formatClock(axis.to)}` : formatClock(shown)}
      </p>
    </section>
  );
}

const PLAIN_SIDES = { before: 'before', after: 'after' };

interface StripProps {
  readonly metric: Metric;
  readonly marks: readonly TimeMark[];
  readonly axis: Axis;
  readonly moment: number | null;
  readonly sides: Readonly<Record<MetricSeries['side'], string>>;
  readonly numbers: boolean;
}

function Strip({ metric, marks, axis, moment, sides, numbers }: StripProps) {
  const top = topOf(metric.series);
  const place = (time: number) => `${((time - axis.from) / Math.max(1, axis.to - axis.from)) * 100}%`;
  return (
    <div className="metric" data-metric={metric.name}>
      <span className="metric-title">{metric.title}</span>
      <div className="metric-plot" data-plot="">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {metric.series.map(({ side, points }) => (
            <path key={side} data-side={side} d={linePath(points, axis, top)} vectorEffect="non-scaling-stroke" />
          ))}
        </svg>
        {marks
          .filter(({ atMillis }) => atMillis >= axis.from && atMillis <= axis.to)
          .map((mark) => (
            <i key={`${mark.atMillis} ${mark.label}`} style={{ left: place(mark.atMillis) }} title={mark.label} />
          ))}
        {moment !== null && <i data-cursor="" style={{ left: place(moment) }} />}
      </div>
      {numbers && <MetricValues metric={metric} moment={moment} sides={sides} />}
    </div>
  );
}

function MetricValues({ metric, moment, sides }: Pick<StripProps, 'metric' | 'moment' | 'sides'>) {
  return (
    <span className="metric-values">
      {metric.series.map(({ side, points }) => {
        const point = moment === null ? points[points.length - 1] : pointNear(points, moment);
        return (
          <span key={side} data-side={side} data-value={point?.[1]}>
            {metric.series.length > 1 && <span className="visually-hidden">{sides[side]} </span>}
            {point === undefined ? '–' : formatValue(point[1], metric.unit)}
          </span>
        );
      })}
      {metric.series.length === 0 && <span>–</span>}
    </span>
  );
}

function momentAfter(key: string, moment: number, { from, to }: Axis): number | undefined {
  const step = (to - from) / 60;
  if (key === 'ArrowLeft') return Math.max(from, moment - step);
  if (key === 'ArrowRight') return Math.min(to, moment + step);
  if (key === 'Home') return from;
  return key === 'End' ? to : undefined;
}
