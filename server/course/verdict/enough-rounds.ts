import type { ExerciseFile } from '../../../protocol/index.ts';
import type { Interval } from './bootstrap.ts';
import type { Slice } from './evidence.ts';
import { completedBy, partsOf, type Quantity, ratioBetween } from './quantities.ts';

type Budget = ExerciseFile['checks']['budget'][number];

/** Fewer say too little of their own spread; CPU, which wanders, takes more. */
const FEWEST_ROUNDS = { objects: 4, bytes: 4, cpu: 8 } as const;

/** So many requests a side say enough about conservation; a slow service needs more rounds for them. */
export const MIN_COMPLETED = 50;

/** An unsure cost is measured for as long as this; then it is said to be unsure. */
export const MOST_ROUNDS = 24;

/** How far from the limit an interval must stay: what it doesn't know is that a busy machine slows one of two equal services. */
const CLEARANCE = { objects: 1.02, bytes: 1.02, cpu: 1.05 } as const;

/**
 * Whether the rounds so far settle every budget: the 95 % interval of candidate / reference lies clear of the limit.
 *
 *     limit 1.2    [0.98, 1.03] → settled    [1.15, 1.24] → go on    [1.9, 2.1] → settled
 */
export function areEnough(slices: readonly Slice[], { budget, difference }: ExerciseFile['checks']): boolean {
  if (completedBy(slices, 'candidate') < MIN_COMPLETED) return false;
  const rounds = partsOf(slices, 'candidate', 'cpu').length;
  const quantities = [...budget.map(({ quantity }) => quantity), ...(isQuantity(difference) ? [difference] : [])];
  if (rounds < Math.max(FEWEST_ROUNDS.objects, ...quantities.map((quantity) => FEWEST_ROUNDS[quantity]))) return false;
  return budget.every((limit) => isSettled(slices, limit));
}

/** What the rounds count; other differences have runs of their own. */
const isQuantity = (name: string): name is Quantity => name in FEWEST_ROUNDS;

function isSettled(slices: readonly Slice[], { quantity, atMost }: Budget): boolean {
  const ratio = ratioBetween(slices, 'candidate', 'reference', quantity);
  if (ratio === null) return false;
  const clear = CLEARANCE[quantity];
  return ratio.high * clear < atMost || ratio.low > atMost * clear;
}

/** Beyond this much more nobody waits. */
const LONGEST_SECONDS = 600;

/**
 * Seconds of measuring that would settle an unsure one, if it stays where it is: an interval narrows with the square root
 * of the rounds. Null: too long to wait for.
 */
export function secondsToSettle(
  ratio: Interval,
  limit: number,
  { rounds, roundMillis }: { rounds: number; roundMillis: number },
): number | null {
  const times = ((ratio.high - ratio.low) / 2 / Math.abs(ratio.estimate - limit)) ** 2;
  const seconds = Math.ceil(((times - 1) * rounds * roundMillis) / 1_000);
  return seconds <= LONGEST_SECONDS ? Math.max(seconds, 1) : null;
}
