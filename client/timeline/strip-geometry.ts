import type { Metric, MetricSeries } from './metric-strip-props.ts';

export type Point = readonly [number, number];

/** The shared time axis: what was asked for, else as far as the points of all metrics go. null: there are none. */
export function timeAxis(
  metrics: readonly Metric[],
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
): { from: number; to: number } | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { points } of metrics.flatMap((metric) => metric.series)) {
    from = Math.min(from, points[0]?.[0] ?? from);
    to = Math.max(to, points[points.length - 1]?.[0] ?? to);
  }
  const axis = { from: asked.from ?? from, to: asked.to ?? to };
  return Number.isFinite(axis.from) && Number.isFinite(axis.to) ? axis : null;
}

/** The top of a strip: the largest value of all its series within the axis, with a little air. 0 at the bottom, always. */
export function topOf(series: readonly MetricSeries[]): number {
  let top = 0;
  for (const { points } of series) for (const [, value] of points) top = Math.max(top, value);
  return top > 0 ? top * 1.08 : 1;
}

/** Points further apart than this many usual steps are not joined: nothing was measured there. */
const GAP_STEPS = 5;

/**
 * An SVG path in a box of 100 × 100 (0,0 top left); a gap in the points is a gap in the line.
 *
 *     points 0→0 50→10 100→5, top 10:  M0,100 L50,0 L100,50
 */
export function linePath(points: readonly Point[], axis: { from: number; to: number }, top: number): string {
  const span = Math.max(1, axis.to - axis.from);
  const gap = usualStep(points) * GAP_STEPS;
  let path = '';
  let previous = Number.NEGATIVE_INFINITY;
  for (const [time, value] of points) {
    if (!Number.isFinite(value)) continue;
    const x = round(((time - axis.from) / span) * 100);
    const y = round(100 - (Math.max(0, value) / top) * 100);
    path += `${path === '' || time - previous > gap ? 'M' : 'L'}${x},${y} `;
    previous = time;
  }
  return path.trim();
}

/** The point nearest in time; undefined without points. O(log n). */
export function pointNear(points: readonly Point[], time: number): Point | undefined {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const right = points[low];
  const left = points[low - 1];
  if (left === undefined || right === undefined) return right ?? left;
  return time - left[0] <= right[0] - time ? left : right;
}

/** The median distance of neighbours in time. */
function usualStep(points: readonly Point[]): number {
  const steps = points.slice(1).map(([time], i) => time - (points[i]?.[0] ?? time));
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? Number.POSITIVE_INFINITY;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
