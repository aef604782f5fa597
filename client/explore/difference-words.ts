import {
  type DifferenceInterval,
  type DiffGraph,
  type DiffPer,
  FEWEST_WINDOWS,
  TOO_FEW_WINDOWS,
} from '../../protocol/index.ts';
import { formatCount, formatDelta, formatValue } from '../ui/index.ts';

export interface DifferenceWords {
  readonly tone: 'more' | 'less' | 'same' | 'unsure';
  /** "4.1 ms/request more" */
  readonly headline: string;
  /** "3.2 ms to 5 ms; sure" */
  readonly detail: string;
  /** "+12 % of A’s total, +9 % to +15 %"; '' where the first side is nothing. */
  readonly relative: string;
}

const EACH: Readonly<Record<DiffPer, string>> = { request: '/request', second: '/s', profile: '/profile', total: '' };
const SURE = 'sure (95 %)';

/** The whole difference as one says it; never a difference that noise alone could make. */
export function wholeWords({ whole, unit, per, a, b }: DiffGraph): DifferenceWords {
  const headline = amount(whole.difference, unit, per);
  const { interval } = whole;
  const relative = relativeWords(whole.difference, a.total, interval === TOO_FEW_WINDOWS ? null : interval);
  if (interval === TOO_FEW_WINDOWS) {
    return { tone: 'unsure', headline, detail: tooFewWords({ a, b }), relative };
  }
  if (whole.changed !== true) {
    const range = `${amount(interval.low, unit, per)} to ${amount(interval.high, unit, per)}`;
    return { tone: 'same', headline: 'No difference at this noise', detail: `measured: ${range}`, relative: '' };
  }
  const detail = `${rangeOf(interval, unit)}; ${SURE}`;
  return { tone: whole.difference < 0 ? 'less' : 'more', headline, detail, relative };
}

/** Why there are no intervals. A file is one profile, and no longer window makes it more. */
export function tooFewWords({ a, b }: Pick<DiffGraph, 'a' | 'b'>): string {
  const [ofA, ofB] = [a.window.profiles, b.window.profiles];
  if (ofA === 1 && ofB === 1) return 'two single profiles: no interval can be given';
  if (ofA === 1 || ofB === 1) return `${ofA === 1 ? 'A' : 'B'} is a single profile: no interval can be given`;
  const windows = Math.min(ofA, ofB);
  return `too few windows to be sure: ${formatCount(windows)} of ${FEWEST_WINDOWS} a side; longer ones have more`;
}

export interface NodeDifference {
  readonly difference: number;
  /** null, both: too few windows to say. */
  readonly interval: DifferenceInterval | null;
  readonly changed: boolean | null;
}

/** The interval of one frame: "3.2 ms to 5 ms more/request; sure". */
export function nodeWords({ difference, interval, changed }: NodeDifference, unit: string, per: DiffPer): string {
  if (interval === null) return `${amount(difference, unit, per)}; no interval`;
  if (changed) return `${rangeOf(interval, unit)}${EACH[per]} ${difference < 0 ? 'less' : 'more'}; sure`;
  return `${formatDelta(interval.low, unit)} to ${formatDelta(interval.high, unit)}${EACH[per]}; ${isAroundNothing(interval) ? 'within the noise' : 'not sure among so many frames'}`;
}

/** The same for a narrow column, beside the difference itself: "3.2 ms to 5 ms, sure". */
export function shortWords({ interval, changed }: NodeDifference, unit: string): string {
  if (interval === null) return '';
  if (changed) return `${rangeOf(interval, unit)}, sure`;
  return `${formatDelta(interval.low, unit)} to ${formatDelta(interval.high, unit)}, ${isAroundNothing(interval) ? 'noise' : 'not sure'}`;
}

/** "4.1 ms/request more" */
function amount(difference: number, unit: string, per: DiffPer): string {
  if (difference === 0) return `±${formatValue(0, unit)}`;
  return `${formatValue(Math.abs(difference), unit)}${EACH[per]} ${difference < 0 ? 'less' : 'more'}`;
}

/** A frame may stand out by itself and yet be what chance brings among hundreds: then it isn't called changed. */
const isAroundNothing = ({ low, high }: DifferenceInterval) => low <= 0 && high >= 0;

/** Sizes without sign, the smaller first; the sign stands in words beside it. */
function rangeOf({ low, high }: DifferenceInterval, unit: string): string {
  const [small, large] = [Math.abs(low), Math.abs(high)].sort((x, y) => x - y);
  return `${formatValue(small ?? 0, unit)} to ${formatValue(large ?? 0, unit)}`;
}

function relativeWords(difference: number, before: number, interval: DifferenceInterval | null): string {
  if (before <= 0) return '';
  const share = `${formatDelta(difference / before, 'share')} of A’s total`;
  if (!interval?.ratio) return share;
  const { low, high } = interval.ratio;
  return `${share}, ${formatDelta(low - 1, 'share')} to ${formatDelta(high - 1, 'share')}`;
}
