import type { Difference } from '../../../protocol/index.ts';
import { createRandom } from '../../profile/compare/random.ts';
import { bootstrapRatio } from './bootstrap.ts';
import type { Evidence, Probe, Side } from './evidence.ts';

const of = (evidence: Evidence, side: Side): readonly Probe[] =>
  (evidence.probes ?? []).filter((probe) => probe.side === side);

/**
 * What the requests that were sent one at a time say, by the signal's name; null without them.
 *
 *     baseline    98, 96, 97 ms                     probe-millis       32
 *     candidate   31, 60, 32 ms, 10 calls each  →   probe-millis.gain  0.33     calls-per-request  10
 */
export function computeProbeSignal(evidence: Evidence, name: string): number | null {
  const probes = of(evidence, 'candidate');
  switch (name) {
    case 'probe-millis':
      return probeMillis(evidence, 'candidate');
    case 'probe-millis.gain': {
      const before = probeMillis(evidence, 'baseline');
      const after = probeMillis(evidence, 'candidate');
      return before && after !== null ? after / before : null;
    }
    case 'calls-per-request': {
      const calls = callsOf(probes, (probe) => probe.calls);
      return calls && calls.reduce((sum, count) => sum + count, 0) / calls.length;
    }
    case 'calls-in-flight-per-request': {
      const calls = callsOf(probes, (probe) => probe.callsInFlight);
      return calls && Math.max(...calls);
    }
    default:
      return null;
  }
}

/** The median: one request that met something else on the machine doesn't move it. */
function probeMillis(evidence: Evidence, side: Side): number | null {
  const sorted = of(evidence, side)
    .map((probe) => probe.millis)
    .sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function callsOf(probes: readonly Probe[], read: (probe: Probe) => number | null): number[] | null {
  const calls = probes.map(read).filter((count) => count !== null);
  return calls.length > 0 ? calls : null;
}

/** Requests of the candidate that got no right answer while nobody else asked. */
export function faultyProbes(evidence: Evidence): number {
  return of(evidence, 'candidate').filter((probe) => !probe.ok).length;
}

/** Medians, with the bootstrap interval of the means, which takes in the ratio of the medians. */
export function computeProbeDifference(evidence: Evidence): Difference | null {
  const baseline = probeMillis(evidence, 'baseline');
  const candidate = probeMillis(evidence, 'candidate');
  const partsOf = (side: Side) => of(evidence, side).map(({ millis }) => ({ amount: millis, count: 1 }));
  const interval = bootstrapRatio(
    partsOf('candidate'),
    partsOf('baseline'),
    createRandom(evidence.probes?.length ?? 0),
  );
  if (!baseline || candidate === null || !interval) return null;
  const ratio = candidate / baseline;
  const [low, high] = [Math.min(interval.low, ratio), Math.max(interval.high, ratio)];
  return { unit: 'ms/request', baseline, candidate, ratio, low, high };
}

/** The two medians behind a ratio, for the card: ` 96.3 ms before, 31.8 ms now.` */
export function describeProbe(evidence: Evidence, signal: string): string {
  const before = probeMillis(evidence, 'baseline');
  const after = probeMillis(evidence, 'candidate');
  if (signal !== 'probe-millis.gain' || before === null || after === null) return '';
  return ` ${before.toPrecision(3)} ms before, ${after.toPrecision(3)} ms now.`;
}
