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
 *     offered 480, accepted 150, refused 330     refused-share  330/480 = 0.69
 */
export function computeBurstSignal(evidence: Evidence, name: string): number | null {
  const candidate = of(evidence, 'candidate');
  if (!candidate) return null;
  switch (name) {
    case 'most-goroutines':
      return mostGoroutines(candidate);
    case 'capacity-used':
      return candidate.capacityUsed;
    case 'refused-share':
      return candidate.burst.refused / Math.max(1, candidate.burst.offered);
    case 'refused-at-base':
      return candidate.base.refused;
    case 'deliveries-per-accepted':
      return deliveriesPerAccepted(candidate);
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
 * Messages for each accepted request. What was sent for those that are not answered yet can't be told from the rest: as long as
 * there aren't more than these may have had, each accepted one had its own.
 */
function deliveriesPerAccepted(burst: Burst): number | null {
  const accepted = acceptedBy(burst);
  if (accepted === 0) return null;
  const { sent, each } = burst;
  const open = burst.base.unanswered + burst.burst.unanswered;
  return sent >= accepted * each && sent <= (accepted + open) * each ? each : sent / accepted;
}

/**
 * Requests of the burst, and before it, that were answered wrongly or failed, and those that were accepted and not delivered.
 */
export function faultyBurst(evidence: Evidence): number {
  const candidate = of(evidence, 'candidate');
  if (!candidate) return 0;
  const { base, burst, sent, each } = candidate;
  const wrong = base.wrong + base.errors + burst.wrong + burst.errors;
  return wrong + Math.max(0, acceptedBy(candidate) - Math.floor(sent / each));
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
    case 'capacity-used':
      return ` ${burst.accepted} of ${burst.offered} accepted, ${burst.refused} refused.`;
    case 'deliveries-per-accepted':
      return ` ${sent.toLocaleString('en')} messages for ${acceptedBy(candidate)} accepted requests.`;
    default:
      return '';
  }
}
