import { formatDay } from '../ui/index.ts';
import type { Point } from './strip-geometry.ts';

/** Unix milliseconds; `from` in, `to` out. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** The moment at a share (0..1) of the axis's width. */
export function timeAt(share: number, { from, to }: TimeSpan): number {
  return from + Math.min(1, Math.max(0, share)) * (to - from);
}

/** The whole columns that two moments touch, in either order, as far as the axis goes. */
export function columnsBetween(one: number, other: number, step: number, axis: TimeSpan): TimeSpan {
  const from = Math.floor(Math.min(one, other) / step) * step;
  const to = (Math.floor(Math.max(one, other) / step) + 1) * step;
  return { from: Math.max(Math.floor(axis.from), from), to: Math.min(Math.ceil(axis.to), to) };
}

/** Where a span lies on the axis, in percent of its width; null: outside. */
export function placeOf(span: TimeSpan, axis: TimeSpan): { left: number; width: number } | null {
  const whole = Math.max(1, axis.to - axis.from);
  const from = Math.max(span.from, axis.from);
  const to = Math.min(span.to, axis.to);
  if (to < from) return null;
  return { left: ((from - axis.from) / whole) * 100, width: ((to - from) / whole) * 100 };
}

/**
 * Columns of a step's width from the bottom of a box of 100 × 100 (0,0 top left), as one SVG path. Something that is there is
 * at least one unit high: a column of nothing and no column are different things.
 *
 *     axis 0–10, step 5, top 4:  0→4 5→2   M0,100V0H45V100Z M50,100V50H95V100Z
 */
export function columnsPath(points: readonly Point[], axis: TimeSpan, step: number, top: number): string {
  const whole = Math.max(1, axis.to - axis.from);
  let path = '';
  for (const [time, value] of points) {
    const left = Math.max(0, ((time - axis.from) / whole) * 100);
    const right = Math.min(100, ((time + step * 0.9 - axis.from) / whole) * 100);
    if (right <= 0 || left >= 100) continue;
    const y = 100 - Math.max(1, (Math.max(0, value) / top) * 100);
    path += `M${round(left)},100V${round(y)}H${round(right)}V100Z`;
  }
  return path;
}

const TICKS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800, 604_800,
];

export interface Tick {
  readonly atMillis: number;
  readonly label: string;
}

/**
 * Round local times, at most `most` of them; seconds only where they tell ticks apart, the day where the axis is longer than one,
 * the year where it spans two. */
export function timeTicks(axis: TimeSpan, most: number): readonly Tick[] {
  const least = (axis.to - axis.from) / Math.max(1, most) / 1_000;
  const step = (TICKS.find((one) => one >= least) ?? Math.ceil(least / 604_800) * 604_800) * 1_000;
  const zone = new Date(axis.from).getTimezoneOffset() * 60_000;
  const first = Math.ceil((axis.from - zone) / step) * step + zone;
  const days = axis.to - axis.from > 86_400_000;
  const years = new Date(axis.from).getFullYear() !== new Date(axis.to).getFullYear();
  const ticks: Tick[] = [];
  for (let at = first; at < axis.to; at += step)
    ticks.push({ atMillis: at, label: tickLabel(at, step, days ? { years } : null) });
  return ticks;
}

function tickLabel(millis: number, step: number, days: { readonly years: boolean } | null): string {
  const date = new Date(millis);
  const clock = date.toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(step < 60_000 ? { second: '2-digit' } : {}),
  });
  if (days === null) return clock;
  const day = formatDay(millis, days.years);
  return step >= 86_400_000 ? day : `${day} ${clock}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
