import type { Difference } from '../../../protocol/index.ts';
import type { Evidence, HeapReading, Side, Slice } from './evidence.ts';

/** A heap that grows by less than this under a whole run has no slope to compare with. */
const MIN_GROWTH_BYTES = 512 * 1024;

/** What is swept every so often stands at another point of its saw in the warm-up than later: so far apart two equal services may be. */
const SLOPE_SPREAD = 0.08;

type Window = Slice & { readonly heap: HeapReading };

/**
 * Bytes by which the live heap rose after the warm-up, per completed request: from the highest reading of the warm-up to
 * the one that half of the later windows reach. What is swept in turns, or by a timer that a busy machine holds up, is above
 * its mark now and then, and not for half of the time; what is thrown away all at once, late, was there before.
 *
 *     live, MiB     1 2 3 4 | 5 6 7 8     4 → 7, in three windows: grows
 *     swept         1 2 3 2 | 3 2 3 2     3 → 3: doesn't
 *     cleared late  1 2 3 4 | 6 7 8 1     4 → 7: grows
 *
 * Null when it was not observed. Never negative.
 */
export function heapGrowth({ liveHeap }: Evidence, side: Side): number | null {
  const windows = windowsOf(liveHeap?.slices ?? [], side);
  const warm = windows.filter(({ round }) => round < (liveHeap?.warmUp ?? 0));
  const later = windows.filter(({ round }) => round >= (liveHeap?.warmUp ?? 0));
  const requests = later.reduce((sum, { completed }) => sum + completed, 0);
  if (warm.length === 0 || requests === 0) return null;
  const half = Math.ceil(later.length / 2);
  const until = (requests * (later.length - half + 1)) / later.length;
  return Math.max(0, markOf(later, half) - markOf(warm, 1)) / until;
}

/** Candidate / baseline; null when the baseline doesn't grow either. */
export function heapSlope(evidence: Evidence): number | null {
  const was = heapGrowth(evidence, 'baseline');
  const is = heapGrowth(evidence, 'candidate');
  const requests = windowsOf(evidence.liveHeap?.slices ?? [], 'baseline').reduce(
    (n, { completed }) => n + completed,
    0,
  );
  return was === null || is === null || was * requests < MIN_GROWTH_BYTES ? null : is / was;
}

/** Known of those who were back soon enough, after the warm-up; null when nobody was. */
export function hitShare({ liveHeap }: Evidence, side: Side): number | null {
  const readings = laterReadings(liveHeap, side);
  const soon = readings.reduce((sum, heap) => sum + heap.soon, 0);
  return soon > 0 ? readings.reduce((sum, heap) => sum + heap.soonKnown, 0) / soon : null;
}

/** Known of those who were back too late; wherever they are kept, there is no room for them. Null when nobody was. */
export function overstay({ liveHeap }: Evidence): number | null {
  const readings = laterReadings(liveHeap, 'candidate');
  const late = readings.reduce((sum, heap) => sum + heap.late, 0);
  return late > 0 ? readings.reduce((sum, heap) => sum + heap.lateKnown, 0) / late : null;
}

/** Candidate / reference solution. */
export function hitRatio(evidence: Evidence): number | null {
  const reference = hitShare(evidence, 'reference');
  const candidate = hitShare(evidence, 'candidate');
  return reference && candidate !== null ? candidate / reference : null;
}

/** The figures behind a signal, as a sentence; empty for any other. */
export function describeLiveHeap(evidence: Evidence, signal: string): string {
  if (signal === 'heap-slope') {
    const [was, is] = [heapGrowth(evidence, 'baseline'), heapGrowth(evidence, 'candidate')];
    return was === null || is === null ? '' : ` Live bytes kept for each request: ${kib(is)}, before ${kib(was)}.`;
  }
  if (signal !== 'hit-ratio') return '';
  const [own, reference] = [hitShare(evidence, 'candidate'), hitShare(evidence, 'reference')];
  return own === null || reference === null
    ? ''
    : ` Known of those who came back soon: ${percent(own)}, with the reference solution ${percent(reference)}.`;
}

/** Live bytes kept per request, for the headline. */
export function computeHeapDifference(evidence: Evidence): Difference | null {
  const baseline = heapGrowth(evidence, 'baseline');
  const candidate = heapGrowth(evidence, 'candidate');
  const ratio = heapSlope(evidence);
  if (baseline === null || candidate === null || ratio === null) return null;
  const [low, high] = [Math.max(0, ratio - SLOPE_SPREAD), ratio + SLOPE_SPREAD];
  return { unit: 'bytes/request', baseline, candidate, ratio, low, high };
}

const laterReadings = (liveHeap: Evidence['liveHeap'], side: Side): HeapReading[] =>
  windowsOf(liveHeap?.slices ?? [], side)
    .filter(({ round }) => round >= (liveHeap?.warmUp ?? 0))
    .map(({ heap }) => heap);

const windowsOf = (slices: readonly Slice[], side: Side): Window[] =>
  slices.filter((slice): slice is Window => slice.side === side && slice.heap !== undefined);

/** The highest reading that `count` windows reached. */
function markOf(windows: readonly Window[], count: number): number {
  const readings = windows.map(({ heap }) => heap.liveBytes).sort((a, b) => b - a);
  return readings[count - 1] ?? 0;
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(2)} KiB`;
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
