import type { Counters, Difference, ServiceMetrics } from '../../../protocol/index.ts';
import { bytesHeld } from './collector.ts';
import type { AfterBurst, Evidence, Slice } from './evidence.ts';
import { perRequest } from './quantities.ts';

/** A start that holds less than this after a burst has no symptom to compare with. */
const MIN_HELD_BYTES = 256 * 1024;

/** How many buffers are on their way when a garbage collection comes is chance: by this factor two equal services may differ. */
const HELD_SPREAD = 4;

/** Of the judge around the burst: one ends the last window before it, one the turn that warms the connections up after it. */
const OWN_COLLECTIONS = 2;

/**
 * Bytes that are live when a burst of huge requests is over and small ones have gone on, beyond what the start has in use under
 * the same small requests before it. The highest window counts: what a pool holds is lost by and by, what nobody holds is in none.
 *
 *     live, MiB           before    burst    after
 *     start               2 2       …        11 8 8 5      11 − 2 = 9 held
 *     candidate, fixed    2 2       …        2 2 2 2       0
 *     presized            9 9       …        9 9 9 9       7: its own height before is no excuse
 *
 * Null when it was not observed. Never negative.
 */
export function heldAfterBurst({ afterBurst }: Evidence, side: 'baseline' | 'candidate'): number | null {
  if (!afterBurst) return null;
  return beyondUsual(afterBurst.baseline, liveBytesOf(afterBurst[side].after)[0]);
}

/** Candidate / baseline; null when the baseline holds nothing either. */
export function heldAfterBurstGain(evidence: Evidence): number | null {
  const was = heldAfterBurst(evidence, 'baseline');
  const is = heldAfterBurst(evidence, 'candidate');
  return was === null || is === null || was < MIN_HELD_BYTES ? null : is / was;
}

/** Bytes that stay when nobody asks any more and every sync.Pool is empty, counted as `heldAfterBurst` counts: held for good. */
export function heldAtRest({ afterBurst }: Evidence): number | null {
  if (!afterBurst) return null;
  return beyondUsual(afterBurst.baseline, afterBurst.candidate.atRest.runtime['/gc/heap/live:bytes']);
}

/**
 * 1 when the collector was set to run more often than the start's, at any reading from the burst on: who collects ten times as often
 * empties the pools by it. A lower GOGC, or a memory limit under twice what the start's runtime held; a limit that is out of
 * reach changes nothing. Else 0.
 */
export function isCollectorTuned({ afterBurst }: Evidence): number | null {
  if (!afterBurst) return null;
  const { baseline, candidate } = afterBurst;
  const lowest = (name: string, readings: readonly ServiceMetrics[]): number =>
    Math.min(...readings.flatMap(({ runtime }) => runtime[name] ?? []));
  const gogc = '/gc/gogc:percent';
  const room = 2 * Math.max(...baseline.readings.map(bytesHeld));
  const isTuned =
    lowest(gogc, candidate.readings) < lowest(gogc, baseline.readings) ||
    lowest('/gc/gomemlimit:bytes', candidate.readings) < room;
  return isTuned ? 1 : 0;
}

/** Bytes allocated per small request after the burst, candidate / baseline. */
export function afterBurstBytesGain({ afterBurst }: Evidence): number | null {
  if (!afterBurst) return null;
  const was = perRequest(afterBurst.baseline.after, 'baseline', 'bytes');
  const is = perRequest(afterBurst.candidate.after, 'candidate', 'bytes');
  return was && is !== null ? is / was : null;
}

/**
 * Collections per MiB allocated in the windows after the burst, the judge's own aside. With the default GOGC it is half a one at
 * most while little is live: who has many empties the pools by them.
 */
export function afterBurstCollections({ afterBurst }: Evidence): number | null {
  if (!afterBurst) return null;
  const grown = (read: (counters: Counters) => number): number =>
    afterBurst.candidate.after.reduce((sum, { before, after }) => sum + read(after) - read(before), 0);
  const bytes = grown((counters) => counters.bytes);
  return bytes > 0 ? (grown((counters) => counters.gcCycles) * 2 ** 20) / bytes : null;
}

/** Collections that the candidate ordered itself while requests were under way; the judge orders its own between them. */
export function forcedCollections({ slices, afterBurst }: Evidence): number | null {
  if (slices.length === 0) return null;
  const { before = [], after = [] } = afterBurst?.candidate ?? {};
  return [...slices, ...before, ...after]
    .filter(({ side }) => side === 'candidate')
    .reduce(
      (sum, slice) => sum + slice.after.gcCyclesForced - slice.before.gcCyclesForced,
      forcedInBurst(before.at(-1), after[0]),
    );
}

/** From the end of the last window before the burst to the first one after it. */
function forcedInBurst(last: Slice | undefined, first: Slice | undefined): number {
  if (!last || !first) return 0;
  return Math.max(0, first.before.gcCyclesForced - last.after.gcCyclesForced - OWN_COLLECTIONS);
}

/** The figures behind a signal, as a sentence; empty for any other. */
export function describeAfterBurst(evidence: Evidence, signal: string): string {
  if (!signal.startsWith('held-after-burst') || !evidence.afterBurst) return '';
  const { before, after } = evidence.afterBurst.candidate;
  const listed = (slices: readonly Slice[]): string =>
    slices.map(({ heap }) => (heap ? (heap.liveBytes / 2 ** 20).toFixed(1) : '?')).join(', ');
  return ` Live heap in MiB, window by window: before the burst ${listed(before)}, after it ${listed(after)}.`;
}

/** Bytes held, for the headline. */
export function computeHeldDifference(evidence: Evidence): Difference | null {
  const baseline = heldAfterBurst(evidence, 'baseline');
  const candidate = heldAfterBurst(evidence, 'candidate');
  const ratio = heldAfterBurstGain(evidence);
  if (baseline === null || candidate === null || ratio === null) return null;
  return { unit: 'bytes', baseline, candidate, ratio, low: ratio / HELD_SPREAD, high: ratio * HELD_SPREAD };
}

/** Bytes that are live beyond what the start has in use before the burst. */
function beyondUsual(baseline: AfterBurst, live: number | undefined): number | null {
  const usual = liveBytesOf(baseline.before).at(-1);
  return usual === undefined || live === undefined ? null : Math.max(0, live - usual);
}

/** Highest first. */
function liveBytesOf(slices: readonly Slice[]): number[] {
  return slices.flatMap(({ heap }) => (heap ? [heap.liveBytes] : [])).sort((a, b) => b - a);
}
