import type { KindHealth, Overhead, Sampling, Target } from '../../protocol/index.ts';
import { formatDelta, formatRate, formatShare, formatValue, NO_BREAK_SPACE } from '../ui/index.ts';

export type Tone = 'good' | 'bad' | 'quiet' | 'warn';

/** How a target is, in a word or two; one that sampling leaves out just now rests. */
export function healthWords({ health, chosen }: Pick<Target, 'health' | 'chosen'>): { tone: Tone; text: string } {
  if (health === 'up' && !chosen) return { tone: 'quiet', text: 'resting this period' };
  return HEALTH[health];
}

const HEALTH: Record<Target['health'], { tone: Tone; text: string }> = {
  waiting: { tone: 'quiet', text: 'no profile yet' },
  up: { tone: 'good', text: 'up' },
  'in-use': { tone: 'warn', text: 'shared' },
  'backing-off': { tone: 'bad', text: 'failing' },
  paused: { tone: 'quiet', text: 'paused' },
};

const KIND_TONES: Record<KindHealth['state'], Tone> = {
  waiting: 'quiet',
  up: 'good',
  absent: 'quiet',
  'in-use': 'warn',
  failing: 'bad',
};
export const kindTone = ({ state }: KindHealth): Tone => KIND_TONES[state];

/** "1 s of every 10 s", "every 30 s", "1 s, back to back". */
export function planWords({ everyMillis, windowMillis }: Pick<KindHealth, 'everyMillis' | 'windowMillis'>): string {
  const every = formatValue(everyMillis, 'ms');
  if (windowMillis === 0) return `every ${every}`;
  const window = formatValue(windowMillis, 'ms');
  return everyMillis === 0 ? `${window}, back to back` : `${window} of every ${every}`;
}

/** What came of a kind, or why nothing does. */
export function kindWords(kind: KindHealth, nowMillis: number): string {
  if (kind.state === 'absent') return 'not in this Go';
  const last = kind.lastMillis === null ? 'none yet' : `${agoWords(kind.lastMillis, nowMillis)} ago`;
  if (kind.state === 'failing') return `failing; last one ${last}`;
  return last;
}

/** The newest profile of any kind, Unix milliseconds. */
export const newestProfile = ({ kindHealth }: Target): number | null =>
  kindHealth.reduce<number | null>(
    (newest, { lastMillis }) => (lastMillis === null ? newest : Math.max(newest ?? 0, lastMillis)),
    null,
  );

/** The soonest moment at which something that fails is tried again. */
export function nextTry({ kindHealth }: Target): number | null {
  const tries = kindHealth.flatMap(({ state, retryMillis }) =>
    retryMillis !== null && (state === 'failing' || state === 'in-use') ? [retryMillis] : [],
  );
  return tries.length === 0 ? null : Math.min(...tries);
}

/** Whole seconds, minutes or hours: "3 s". */
export function agoWords(thenMillis: number, nowMillis: number): string {
  const seconds = Math.max(0, Math.round((nowMillis - thenMillis) / 1_000));
  if (seconds < 100) return `${seconds}${NO_BREAK_SPACE}s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes}${NO_BREAK_SPACE}min` : `${Math.round(minutes / 60)}${NO_BREAK_SPACE}h`;
}

export interface OverheadWords {
  /** "+0.42 %", or what it says without a number. */
  readonly point: string;
  /** "−0.1 % … +0.9 %". */
  readonly range: string | null;
  readonly notes: readonly string[];
}

/** A measured cost in words; an interval around zero is said to be one. */
export function overheadWords({ relative, cores, requestsPerSecond, pairsDone }: Overhead): OverheadWords {
  if (!relative) return { point: pairsDone < 3 ? 'not yet' : 'no CPU time seen', range: null, notes: [] };
  const range = `${signedShare(relative.low)} … ${signedShare(relative.high)}`;
  const notes = [
    `CPU per ${relative.per}${requestsPerSecond === null ? '' : ` at ${formatRate(requestsPerSecond)}`}`,
    ...(cores ? [`${formatDelta(cores.point * 1e9, 'ns')} of CPU a second`] : []),
    ...(relative.low <= 0 && relative.high >= 0 ? ['no difference at this noise'] : []),
  ];
  return { point: signedShare(relative.point), range, notes };
}

const signedShare = (share: number): string => formatDelta(share, 'share');

/** What the sampling means for those targets that it applies to. */
export function samplingWords({ instances, time, periodSeconds }: Sampling, targets: readonly Target[]): string {
  const chosen = targets.filter((target) => target.chosen).length;
  const period = formatValue(periodSeconds, 's');
  const who = instances === 1 ? 'All instances are' : `In this period of ${period}, ${chosen} of ${targets.length} are`;
  return `${who} collected, each under a CPU profile ${formatShare(time)} of the time: ${formatShare(instances * time)} of all time.`;
}
