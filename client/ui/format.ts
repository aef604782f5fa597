/**
 * Numbers as people read them: three significant digits, a unit always, a no-break space between the two.
 *
 *     formatValue(1_234_567, 'nanoseconds') → "1.23 ms"       formatValue(23_200, 'bytes') → "22.7 KiB"
 *     formatShare(0.1234) → "12.3 %"                          formatDelta(-36_000, 'nanoseconds') → "−36 µs"
 */
export const NO_BREAK_SPACE = '\u00a0';
export const MINUS = '\u2212';

type Step = readonly [factor: number, unit: string];

const TIME: readonly Step[] = [
  [1, 'ns'],
  [1e3, 'µs'],
  [1e6, 'ms'],
  [1e9, 's'],
  [60e9, 'min'],
  [3_600e9, 'h'],
];
const SIZE: readonly Step[] = [
  [1, 'B'],
  [2 ** 10, 'KiB'],
  [2 ** 20, 'MiB'],
  [2 ** 30, 'GiB'],
  [2 ** 40, 'TiB'],
];
const COUNT: readonly Step[] = [
  [1, ''],
  [1e3, 'k'],
  [1e6, 'M'],
  [1e9, 'G'],
];

/** Units of pprof and of the metrics that are one of the three families, with the factor to the family's smallest step. */
const FAMILIES: Readonly<Record<string, { steps: readonly Step[]; factor: number }>> = {
  ns: { steps: TIME, factor: 1 },
  nanoseconds: { steps: TIME, factor: 1 },
  us: { steps: TIME, factor: 1e3 },
  microseconds: { steps: TIME, factor: 1e3 },
  ms: { steps: TIME, factor: 1e6 },
  milliseconds: { steps: TIME, factor: 1e6 },
  s: { steps: TIME, factor: 1e9 },
  seconds: { steps: TIME, factor: 1e9 },
  bytes: { steps: SIZE, factor: 1 },
  B: { steps: SIZE, factor: 1 },
};

/** Three significant digits, no needless zeros: 1.23, 12.3, 123, 1,234 (never 1.2e3). */
export function formatDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en-US').replace('-', MINUS);
  const text = value.toFixed(size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 3);
  return text.replace(/\.?0+$/, '').replace('-', MINUS);
}

/** A value in a unit of pprof or of a metric. `count`, `objects`, … keep their name: "1.2 k objects". */
export function formatValue(value: number, unit: string): string {
  if (!Number.isFinite(value)) return '–';
  if (unit === 'share') return formatShare(value);
  if (unit === '/s') return formatRate(value);
  const family = FAMILIES[unit];
  if (family !== undefined) return stepped(value * family.factor, family.steps);
  return joined(stepped(value, COUNT), unit === 'count' ? '' : unit);
}

/** A whole number in full: 1,234,567. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en-US').replace('-', MINUS) : '–';
}

/** A share (0..1) in percent; what is there but tiny says "<0.01 %" instead of claiming nothing. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–';
  if (share !== 0 && Math.abs(share) < 0.000_1) return joined(share < 0 ? `>${MINUS}0.01` : '<0.01', '%');
  return joined(formatDigits(share * 100), '%');
}

/** A part as a share of a whole; a whole that isn't more than nothing has no shares: "—". */
export function formatShareOf(part: number, whole: number): string {
  return whole > 0 ? formatShare(part / whole) : '—';
}

/** A change with its sign in front: "+1.2 ms", "−36 µs", "±0". */
export function formatDelta(value: number, unit: string): string {
  const text = formatValue(Math.abs(value), unit);
  if (!Number.isFinite(value)) return text;
  if (value === 0) return `±${text}`;
  return value < 0 ? `${MINUS}${text.replace(/^</, '')}` : `+${text.replace(/^</, '')}`;
}

/** A rate: "7,714 /s". */
export function formatRate(perSecond: number): string {
  return Number.isFinite(perSecond) ? joined(formatDigits(perSecond), '/s') : '–';
}

/** Milliseconds of a wait or a stage: "940 ms", "1.8 s", "2.5 min"; 0 was too short for the clock that measured it. */
export function formatMillis(millis: number): string {
  return millis === 0 ? joined('<1', 'ms') : formatValue(millis, 'ms');
}

/** With a capital letter first. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** A sentence whose numbers stay beside their units at a line's end. */
export function keepUnits(sentence: string): string {
  return sentence.replace(/(\d) (?=[%×]|[nµm]?s\b|[KMG]i?B\b|bytes|objects)/g, `$1${NO_BREAK_SPACE}`);
}

/** Local wall-clock time of a Unix time: "14:03:07". */
export function formatClock(unixMillis: number): string {
  return new Date(unixMillis).toLocaleTimeString('en-GB');
}

/** The same with the day when it isn't today's, and with the year when it isn't this one: "12 Mar 2024 09:00:00". */
export function formatMoment(unixMillis: number, nowMillis: number): string {
  const [date, now] = [new Date(unixMillis), new Date(nowMillis)];
  if (date.toDateString() === now.toDateString()) return formatClock(unixMillis);
  return `${formatDay(unixMillis, date.getFullYear() !== now.getFullYear())} ${formatClock(unixMillis)}`;
}

/** "12 Mar", "12 Mar 2024". */
export function formatDay(unixMillis: number, withYear: boolean): string {
  const year = withYear ? { year: 'numeric' as const } : {};
  return new Date(unixMillis).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year });
}

function stepped(value: number, steps: readonly Step[]): string {
  let chosen: Step = steps[0] ?? [1, ''];
  for (const step of steps) {
    if (Math.abs(value) >= step[0] * 0.999_5) chosen = step;
  }
  return joined(formatDigits(value / chosen[0]), chosen[1]);
}

function joined(number: string, unit: string): string {
  return unit === '' ? number : `${number}${NO_BREAK_SPACE}${unit}`;
}
