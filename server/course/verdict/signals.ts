import { RE2JS } from 're2js';
import type { SignalCondition } from '../../../protocol/index.ts';
import { computeFrameShare } from '../../profile/frame-share.ts';
import { sampleTypeOfKind } from '../../profile/kind-types.ts';
import { computeLockDelay } from '../../profile/lock-share.ts';
import type { Profile } from '../../profile/profile.ts';
import {
  afterBurstBytesGain,
  afterBurstCollections,
  forcedCollections,
  heldAfterBurst,
  heldAfterBurstGain,
  heldAtRest,
  isCollectorTuned,
} from './after-burst.ts';
import { computeBurstSignal } from './bursts.ts';
import { computeCollectorSignal } from './collector.ts';
import type { BehaviourReport, Evidence, Side } from './evidence.ts';
import { bytesLeft, goroutinesLeft, goroutinesLeftGain, leftoversObjectsGain } from './leftovers.ts';
import { heapSlope, hitRatio, overstay } from './live-heap.ts';
import { isOwnFunction } from './own-function.ts';
import { computeProbeSignal } from './probes.ts';
import { completedBy, perRequest, type Quantity, ratioBetween } from './quantities.ts';
import { computeStallSignal } from './stalls.ts';

/**
 * The number behind a signal's name (protocol/exercise-file.ts lists them), or null when it was not observed.
 *
 *     computeSignal(evidence, 'objects')                    → 1.02   candidate / reference
 *     computeSignal(evidence, 'share:cpu:^regexp\\.')       → 0.41
 */
export function computeSignal(evidence: Evidence, name: string): number | null {
  if (name.startsWith('share:')) return shareSignal(evidence, name);
  if (name.startsWith('rule:')) return brokenAnswers(evidence, name.slice('rule:'.length));
  const scaling = /^scaling\.(objects|bytes|cpu)$/.exec(name);
  if (scaling) return scalingSignal(evidence, scaling[1] as Quantity);
  const ratio = /^(heldout\.)?(objects|bytes|cpu)(\.gain)?$/.exec(name);
  if (ratio) {
    const slices = ratio[1] ? evidence.heldout?.slices : evidence.slices;
    return slices
      ? (ratioBetween(slices, 'candidate', ratio[3] ? 'baseline' : 'reference', ratio[2] as Quantity)?.estimate ?? null)
      : null;
  }
  return otherSignal(evidence, name);
}

function otherSignal(evidence: Evidence, name: string): number | null {
  switch (name) {
    case 'mutex-wait-micros':
      return mutexWaitMicros(evidence, 'candidate');
    case 'calls-in-flight':
      return evidence.behaviour?.callsInFlight ?? null;
    case 'goroutines-left':
      return goroutinesLeft(evidence, 'candidate');
    case 'goroutines-left.gain':
      return goroutinesLeftGain(evidence);
    case 'bytes-left':
      return bytesLeft(evidence);
    case 'leftovers.objects.gain':
      return leftoversObjectsGain(evidence);
    case 'heap-slope':
      return heapSlope(evidence);
    case 'hit-ratio':
      return hitRatio(evidence);
    case 'overstay':
      return overstay(evidence);
    case 'probe-millis':
    case 'probe-millis.gain':
    case 'calls-per-request':
    case 'calls-in-flight-per-request':
      return computeProbeSignal(evidence, name);
    case 'held-after-burst':
      return heldAfterBurst(evidence, 'candidate');
    case 'held-after-burst.gain':
      return heldAfterBurstGain(evidence);
    case 'held-at-rest':
      return heldAtRest(evidence);
    case 'after-burst.tuned':
      return isCollectorTuned(evidence);
    case 'after-burst.bytes.gain':
      return afterBurstBytesGain(evidence);
    case 'after-burst.collections':
      return afterBurstCollections(evidence);
    case 'after-burst.forced':
      return forcedCollections(evidence);
    case 'most-goroutines':
    case 'capacity-used':
    case 'refused-share':
    case 'refused-at-base':
    case 'deliveries-per-accepted':
    case 'most-in-line':
      return computeBurstSignal(evidence, name);
    case 'gc-share':
    case 'gc-cycles':
    case 'memory-held':
    case 'gogc':
    case 'forced-collections':
      return computeCollectorSignal(evidence, name);
    case 'stalled-requests':
    case 'stalled-requests.gain':
    case 'stalled-share':
    case 'stalled-writes':
    case 'slowest-millis':
    case 'job-millis.gain':
    case 'stall-mutex-wait.gain':
      return computeStallSignal(evidence, name);
    case 'crash':
      return evidence.crash === null ? 0 : 1;
    case 'race':
      return evidence.race === null ? null : evidence.race.outcome === 'failed' ? 1 : 0;
    case 'instruments':
      return evidence.instruments.changedFiles.length + evidence.instruments.rates.length > 0 ? 1 : 0;
    default:
      return null;
  }
}

export function holds(evidence: Evidence, condition: SignalCondition): boolean {
  const value = computeSignal(evidence, condition.signal);
  if (value === null) return false;
  return value >= (condition.atLeast ?? -Infinity) && value <= (condition.atMost ?? Infinity);
}

/**
 * Time spent waiting for the service's own mutexes per completed request. Metrics count, profiles locate: it is
 * /sync/mutex/wait/total:seconds (runtime/metrics), which has the locks of libraries and of the runtime in it too, times the
 * own code's share of the mutex profile.
 */
export function mutexWaitMicros(evidence: Evidence, side: Side): number | null {
  const readings = evidence.metrics[side];
  const requests = completedBy(evidence.profiledSlices, side);
  if (!readings || requests === 0) return null;
  const read = '/sync/mutex/wait/total:seconds';
  const seconds = (readings.after.runtime[read] ?? 0) - (readings.before.runtime[read] ?? 0);
  return (seconds * 1e6 * ownLockShare(evidence.profiles[side].get('mutex') ?? [])) / requests;
}

/** 1 without profiles: then all waiting counts. 0 when they saw nobody wait. */
function ownLockShare(profiles: readonly Profile[]): number {
  if (profiles.length === 0) return 1;
  const delays = profiles.map((profile) => computeLockDelay(profile, sampleTypeOfKind('mutex'), isOwnFunction));
  const total = delays.reduce((sum, delay) => sum + delay.total, 0);
  return total > 0 ? delays.reduce((sum, delay) => sum + delay.own, 0) / total : 0;
}

/** A share in each window of a kind, oldest first; windows without values are left out. */
export function sharesByWindow(
  profiles: readonly Profile[],
  kind: string,
  pattern: string,
): { share: number; total: number }[] {
  const compiled = RE2JS.compile(pattern);
  const matches = (name: string): boolean => compiled.matcher(name).find();
  return profiles
    .map((profile) => computeFrameShare(profile, sampleTypeOfKind(kind), matches))
    .filter((share) => share !== null);
}

export function parseShareSignal(name: string): { kind: string; pattern: string } {
  const [, kind = '', ...rest] = name.split(':');
  return { kind, pattern: rest.join(':') };
}

function shareSignal(evidence: Evidence, name: string): number | null {
  const { kind, pattern } = parseShareSignal(name);
  const windows = sharesByWindow(evidence.profiles.candidate.get(kind) ?? [], kind, pattern);
  const total = windows.reduce((sum, window) => sum + window.total, 0);
  return total > 0 ? windows.reduce((sum, window) => sum + window.share * window.total, 0) / total : null;
}

function scalingSignal(evidence: Evidence, quantity: Quantity): number | null {
  if (!evidence.scaling) return null;
  const small = perRequest(evidence.scaling.small, 'candidate', quantity);
  const large = perRequest(evidence.scaling.large, 'candidate', quantity);
  return small && large ? large / small : null;
}

function brokenAnswers(evidence: Evidence, rule: string): number {
  const broken = (report: BehaviourReport | null | undefined): number =>
    report
      ? report.examples.filter((example) => example.rule === rule).length +
        report.invariants.filter((invariant) => invariant.id === rule && !invariant.pass).length
      : 0;
  const reports = [evidence.behaviour, evidence.leftovers?.candidate.behaviour, evidence.heldout?.behaviour];
  reports.push(evidence.afterBurst?.candidate.behaviour);
  const inBurst = evidence.bursts?.find(({ side }) => side === 'candidate')?.examples ?? [];
  const brokenInBurst = inBurst.filter((example) => example.rule === rule).length;
  return reports.reduce((sum, report) => sum + broken(report), brokenInBurst);
}
