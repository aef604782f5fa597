import type { Difference } from '../../../protocol/index.ts';
import type { Evidence, LongJob, Side } from './evidence.ts';

/** A request is stalled when it waits longer than this part of a long job. */
const STALLED = 1 / 4;

/** A job that takes longer than the baseline's makes a wait no shorter: beyond this factor it doesn't count. */
const MOST_SLOWER = 2;

const ALL_KINDS: readonly ('reads' | 'writes')[] = ['reads', 'writes'];

/** The slowest request came somewhere in its job: two equal services differ by up to this factor. */
const SLOWEST_SPREAD = 1.5;

/**
 * What the requests say that came while long jobs ran, by the signal's name; null without them.
 *
 *     baseline   job of 400 ms, waits 1, 1, 120, 380 ms     slowest-millis 4, stalled-requests 0
 *     candidate  job of 410 ms, waits 1, 1, 4, 2 ms      →  stalled-requests.gain 0, job-millis.gain 1.03
 */
export function computeStallSignal(evidence: Evidence, name: string): number | null {
  if (!evidence.stall) return null;
  switch (name) {
    case 'stalled-requests':
      return countStalled(evidence, 'candidate');
    case 'stalled-share':
      return stalledShare(evidence);
    case 'stalled-writes':
      return shareOfWrites(evidence);
    case 'stalled-requests.gain':
      return gain(evidence, countStalledButWorst);
    case 'slowest-millis':
      return slowestMillis(evidence, 'candidate');
    case 'job-millis.gain':
      return gain(evidence, jobMillis);
    case 'stall-mutex-wait.gain':
      return gain(evidence, ({ stall }, side) => stall?.mutexWaitSeconds[side] ?? null);
    default:
      return null;
  }
}

const jobsOf = ({ stall }: Evidence, side: Side): readonly LongJob[] =>
  (stall?.jobs ?? []).filter((job) => job.side === side);

function gain(evidence: Evidence, read: (evidence: Evidence, side: Side) => number | null): number | null {
  const before = read(evidence, 'baseline');
  const after = read(evidence, 'candidate');
  return before && after !== null ? after / before : null;
}

/** The median over the jobs: what else the machine does seldom disturbs more than one. */
function jobMillis(evidence: Evidence, side: Side): number | null {
  return medianOf(jobsOf(evidence, side).map(({ millis }) => millis));
}

function slowestMillis(evidence: Evidence, side: Side): number | null {
  return medianOf(jobsOf(evidence, side).map(({ reads, writes }) => Math.max(0, ...reads, ...writes)));
}

/**
 * Requests that waited longer than a quarter of the job: of the baseline's, or of their own where a busy machine made that
 * longer. A request's wait is real whatever the job does afterwards, hence the bound.
 */
function stalledByJob(evidence: Evidence, side: Side, kinds = ALL_KINDS): number[] | null {
  const usual = jobMillis(evidence, 'baseline');
  if (usual === null) return null;
  return jobsOf(evidence, side).map((job) => {
    const mark = Math.min(Math.max(usual, job.millis), usual * MOST_SLOWER) * STALLED;
    return kinds.flatMap((kind) => job[kind]).filter((wait) => wait > mark).length;
  });
}

function countStalled(evidence: Evidence, side: Side, kinds = ALL_KINDS): number | null {
  return stalledByJob(evidence, side, kinds)?.reduce((sum, count) => sum + count, 0) ?? null;
}

/** Without the job that has most of them: one in which everybody waits for the processor, since something else on the machine took it. */
function countStalledButWorst(evidence: Evidence, side: Side): number | null {
  const counts = stalledByJob(evidence, side);
  if (!counts) return null;
  const worst = counts.length > 1 ? Math.max(...counts) : 0;
  return counts.reduce((sum, count) => sum + count, 0) - worst;
}

/** Of all that came beside the candidate's jobs. */
function stalledShare(evidence: Evidence): number | null {
  const all = jobsOf(evidence, 'candidate').reduce((sum, { reads, writes }) => sum + reads.length + writes.length, 0);
  const stalled = countStalled(evidence, 'candidate');
  return stalled !== null && all > 0 ? stalled / all : null;
}

/** Of the candidate's stalled requests; null when there are none. */
function shareOfWrites(evidence: Evidence): number | null {
  const all = countStalled(evidence, 'candidate');
  return all ? (countStalled(evidence, 'candidate', ['writes']) ?? 0) / all : null;
}

/** Of the candidate's jobs and the requests beside them, those without a right answer. */
export function faultyInStalls(evidence: Evidence): number {
  return jobsOf(evidence, 'candidate').reduce((sum, { faulty }) => sum + faulty, 0);
}

/** The slowest request of a job, for the headline. */
export function computeStallDifference(evidence: Evidence): Difference | null {
  const baseline = slowestMillis(evidence, 'baseline');
  const candidate = slowestMillis(evidence, 'candidate');
  if (!baseline || candidate === null) return null;
  const ratio = candidate / baseline;
  const [low, high] = [ratio / SLOWEST_SPREAD, ratio * SLOWEST_SPREAD];
  return { unit: 'ms, the slowest', baseline, candidate, ratio, low, high };
}

/** The figures behind a signal, as a sentence; empty for any other. */
export function describeStall(evidence: Evidence, signal: string): string {
  const [before, now] = (['baseline', 'candidate'] as const).map((side) => ({
    stalled: countStalled(evidence, side),
    slowest: slowestMillis(evidence, side),
    waited: evidence.stall?.mutexWaitSeconds[side],
  }));
  if (!before || !now || !evidence.stall) return '';
  if (signal === 'stalled-requests.gain' && before.slowest !== null && now.slowest !== null)
    return ` ${before.stalled} requests before, ${now.stalled} now; the slowest ${before.slowest.toFixed(0)} ms before, ${now.slowest.toFixed(0)} ms now.`;
  if (signal === 'stall-mutex-wait.gain' && before.waited !== undefined && now.waited !== undefined)
    return ` All waits together: ${before.waited.toPrecision(3)} s before, ${now.waited.toPrecision(3)} s now.`;
  return '';
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
