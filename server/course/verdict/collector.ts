import type { Counters, ServiceMetrics } from '../../../protocol/index.ts';
import type { Evidence, Slice } from './evidence.ts';

const GC_SECONDS = '/cpu/classes/gc/total:cpu-seconds';
const USER_SECONDS = '/cpu/classes/user:cpu-seconds';
const TOTAL_BYTES = '/memory/classes/total:bytes';
const RELEASED_BYTES = '/memory/classes/heap/released:bytes';
const GOGC = '/gc/gogc:percent';

/** What the run of `checks.collector` says, by the signal's name; null without it. */
export function computeCollectorSignal(evidence: Evidence, name: string): number | null {
  switch (name) {
    case 'gc-share':
      return gcShare(evidence);
    case 'gc-cycles':
      return evidence.collector && perSecond(evidence.collector.slices, ({ gcCycles }) => gcCycles);
    case 'memory-held':
      return memoryHeld(evidence);
    case 'gogc':
      return readingsOf(evidence)?.at(-1)?.runtime[GOGC] ?? null;
    case 'forced-collections':
      return forcedCollections(evidence);
    default:
      return null;
  }
}

/**
 * The collector's part of the CPU time of collector and program. The runtime's estimates of both move only when a collection
 * ends: a run without one reads 0 of 0, which is taken as 0.
 *
 *     gc     0.2 → 0.5 s
 *     user   1.0 → 1.7 s     0.3 / (0.3 + 0.7) = 0.3
 */
function gcShare(evidence: Evidence): number | null {
  const readings = readingsOf(evidence);
  const [first, last] = [readings?.[0], readings?.at(-1)];
  if (!first || !last) return null;
  const grown = (name: string): number => (last.runtime[name] ?? 0) - (first.runtime[name] ?? 0);
  const gc = grown(GC_SECONDS);
  const both = gc + grown(USER_SECONDS);
  return both > 0 ? gc / both : 0;
}

/** What the runtime has mapped and not given back. */
export function bytesHeld({ runtime }: ServiceMetrics): number {
  return (runtime[TOTAL_BYTES] ?? 0) - (runtime[RELEASED_BYTES] ?? 0);
}

/** Most of what the runtime had mapped and not given back; the limit of debug.SetMemoryLimit is about the same sum. */
function memoryHeld(evidence: Evidence): number | null {
  const held = readingsOf(evidence)?.map(bytesHeld);
  return held && held.length > 0 ? Math.max(...held) : null;
}

/**
 * Between the counters before and after a slice nobody but the service orders a collection: the live heap is read after them.
 * Heap profiles may order one, so slices of profiled traffic don't count.
 */
function forcedCollections({ collector, liveHeap, slices }: Evidence): number | null {
  const own = collector?.slices ?? liveHeap?.slices ?? slices;
  return perSecond(own, ({ gcCyclesForced }) => gcCyclesForced);
}

/** Of the candidate, while its slices were on; null when none was. */
function perSecond(slices: readonly Slice[], read: (counters: Counters) => number): number | null {
  let [count, millis] = [0, 0];
  for (const { side, before, after } of slices) {
    if (side !== 'candidate') continue;
    count += read(after) - read(before);
    millis += after.unixMillis - before.unixMillis;
  }
  return millis > 0 ? (count * 1_000) / millis : null;
}

/** Those since the first window that counts; what was read while it all began is left out. */
function readingsOf({ collector }: Evidence): ServiceMetrics[] | null {
  const began = collector?.slices[0]?.before.unixMillis;
  if (!collector || began === undefined) return null;
  return collector.readings.filter(({ unixMillis }) => unixMillis >= began);
}

/** The figures behind a signal of the collector, as a sentence; empty for any other. */
export function describeCollector(evidence: Evidence, signal: string): string {
  const last = readingsOf(evidence)?.at(-1);
  if (!last || !/^(gc-share|gc-cycles|memory-held)$/.test(signal)) return '';
  const [cycles, held] = [computeCollectorSignal(evidence, 'gc-cycles') ?? 0, memoryHeld(evidence) ?? 0];
  const [live, limit] = [last.runtime['/gc/heap/live:bytes'] ?? 0, last.runtime['/gc/gomemlimit:bytes'] ?? 0];
  const share = `${((gcShare(evidence) ?? 0) * 100).toFixed(0)} %`;
  const bound = limit < NO_LIMIT ? `a limit of ${mib(limit)}` : 'no limit';
  return ` ${cycles.toPrecision(2)} collections a second took ${share} of the CPU; ${mib(live)} live, ${mib(held)} held, ${bound}.`;
}

/** What the runtime says without a limit is math.MaxInt64. */
const NO_LIMIT = 2 ** 62;

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
