import type { Difference } from '../../../protocol/index.ts';
import type { Burst, Evidence, Side } from './evidence.ts';

/** With fewer samples of a side nothing is known about its goroutines. */
const FEWEST_SAMPLES = 8;

/** Most goroutines of two equal services differ by up to this factor: it is one moment's figure. */
const SPREAD = 1.15;

const of = ({ bursts }: Evidence, side: Side): Burst | undefined => bursts?.find((burst) => burst.side === side);

/**
 * What the burst says, by the signal's name; null without it.
 *
 *     candidate   offered 960, accepted 310, refused 650     accepted-share  310/340 = 0.91
 *     reference   offered 960, accepted 340, refused 620     refused-share   650/960 = 0.68
 */
export function computeBurstSignal(evidence: Evidence, name: string): number | null {
  const candidate = of(evidence, 'candidate');
  if (!candidate) return null;
  switch (name) {
    case 'most-goroutines':
      return mostGoroutines(candidate);
    case 'accepted-share': {
      const reference = of(evidence, 'reference')?.burst.accepted;
      return reference ? candidate.burst.accepted / reference : null;
    }
    case 'refused-share':
      return candidate.burst.refused / Math.max(1, candidate.burst.offered);
    case 'refused-at-base':
      return candidate.base.refused;
    case 'deliveries-per-accepted': {
      const accepted = acceptedBy(candidate);
      return accepted > 0 ? candidate.sent / accepted : null;
    }
    case 'most-in-line':
      return candidate.mostInLine;
    default:
      return null;
  }
}

const acceptedBy = ({ base, burst }: Burst): number => base.accepted + burst.accepted;

function mostGoroutines(burst: Burst): number | null {
  return burst.samples >= FEWEST_SAMPLES ? burst.mostGoroutines : null;
}

/**
 * Requests of the burst, and before it, that were answered wrongly or failed, and those that were accepted and not delivered: how many
 * messages one takes is seen in the reference solution's.
 */
export function faultyBurst(evidence: Evidence): number {
  const candidate = of(evidence, 'candidate');
  if (!candidate) return 0;
  const { base, burst, sent } = candidate;
  const wrong = base.wrong + base.errors + burst.wrong + burst.errors;
  return wrong + Math.max(0, acceptedBy(candidate) - Math.floor(sent / messagesPerRequest(evidence)));
}

/** All requests of the run have one size. */
function messagesPerRequest(evidence: Evidence): number {
  const reference = of(evidence, 'reference');
  const accepted = reference ? acceptedBy(reference) : 0;
  return reference && accepted > 0 ? Math.max(1, Math.round(reference.sent / accepted)) : 1;
}

export function computeBurstDifference(evidence: Evidence): Difference | null {
  const [before, after] = [of(evidence, 'baseline'), of(evidence, 'candidate')];
  const baseline = before ? mostGoroutines(before) : null;
  const candidate = after ? mostGoroutines(after) : null;
  if (!baseline || candidate === null) return null;
  const ratio = candidate / baseline;
  return { unit: 'goroutines at most', baseline, candidate, ratio, low: ratio / SPREAD, high: ratio * SPREAD };
}

/** The counts behind a signal of the burst, for the card. */
export function describeBurst(evidence: Evidence, signal: string): string {
  const candidate = of(evidence, 'candidate');
  if (!candidate || computeBurstSignal(evidence, signal) === null) return '';
  const { burst, sent, stackBytes } = candidate;
  switch (signal) {
    case 'most-goroutines':
      return ` Their stacks: ${(stackBytes / 2 ** 20).toFixed(1)} MiB.`;
    case 'accepted-share':
      return ` ${burst.accepted} of ${burst.offered} accepted, ${of(evidence, 'reference')?.burst.accepted ?? 0} by the reference solution.`;
    case 'deliveries-per-accepted':
      return ` ${sent.toLocaleString('en')} messages for ${acceptedBy(candidate)} accepted requests.`;
    default:
      return '';
  }
}
