import { FEWEST_WINDOWS } from '../../../protocol/index.ts';
import { createRandom } from './random.ts';
import { criticalT, normalBelow, twoSidedP } from './student-t.ts';

/** One quantity on one side: what each block of windows brought, and what it is divided by (requests, seconds, profiles). */
export interface Observations {
  readonly amounts: Float64Array;
  readonly counts: Float64Array;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Comparison {
  /** Of b - a. */
  readonly difference: Interval;
  /** Of b / a; null where a replicate of a is not above 0. */
  readonly ratio: Interval | null;
  /** That there is no difference. */
  readonly p: number;
}

/** Fewer than these blocks say nothing about their spread. */
export const FEWEST_BLOCKS = FEWEST_WINDOWS;
const REPLICATES = 2_000;
const SIDES = { a: 1, b: 2 };

/**
 * 95 % intervals of Σ amounts / Σ counts by the bootstrap over blocks of windows (Efron & Tibshirani, An Introduction to the
 * Bootstrap, ch. 13; each side drawn apart), expanded for few blocks (Hesterberg 2015, What Teachers Should Know About the
 * Bootstrap, section 4.1.3: percentiles as far out as Student's t asks for). `p` is Welch's, from the replicates' spread. The
 * same numbers give the same answer.
 *
 *     const bootstrap = createBootstrap(aBlocks, bBlocks);
 *     bootstrap.compare(a, b);      // any number of quantities, the same draws for all
 */
export function createBootstrap(aBlocks: number, bBlocks: number) {
  const drawsA = drawBlocks(aBlocks, SIDES.a);
  const drawsB = drawBlocks(bBlocks, SIDES.b);
  return {
    compare(a: Observations, b: Observations): Comparison {
      const replicatesA = replicate(a, drawsA);
      const replicatesB = replicate(b, drawsB);
      const spreadA = spreadOf(replicatesA, aBlocks);
      const spreadB = spreadOf(replicatesB, bBlocks);
      const df = welchDegrees(spreadA, aBlocks, spreadB, bBlocks);
      const tail = tailFor(Math.min(aBlocks, bBlocks), df);
      const difference = meanOf(b) - meanOf(a);
      return {
        difference: percentiles(
          replicatesB.map((value, i) => value - (replicatesA[i] ?? 0)),
          tail,
        ),
        ratio: replicatesA.every((value) => value > 0)
          ? percentiles(
              replicatesB.map((value, i) => value / (replicatesA[i] ?? 1)),
              tail,
            )
          : null,
        p: difference === 0 ? 1 : twoSidedP(difference / Math.hypot(spreadA, spreadB), df),
      };
    },
    /** Of side a alone. */
    interval(a: Observations): Interval {
      return percentiles(replicate(a, drawsA), tailFor(aBlocks, aBlocks - 1));
    },
  };
}

export const meanOf = ({ amounts, counts }: Observations): number => sum(amounts) / sum(counts);

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** How often each block is drawn, for each replicate: `draws[replicate * blocks + block]`. */
function drawBlocks(blocks: number, seed: number): { readonly blocks: number; readonly draws: Uint8Array } {
  const random = createRandom(seed);
  const draws = new Uint8Array(REPLICATES * blocks);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    for (let draw = 0; draw < blocks; draw++) {
      const at = replicate * blocks + Math.floor(random() * blocks);
      draws[at] = (draws[at] ?? 0) + 1;
    }
  }
  return { blocks, draws };
}

function replicate({ amounts, counts }: Observations, { blocks, draws }: ReturnType<typeof drawBlocks>): Float64Array {
  const replicates = new Float64Array(REPLICATES);
  for (let index = 0; index < REPLICATES; index++) {
    let amount = 0;
    let count = 0;
    for (let block = 0; block < blocks; block++) {
      const times = draws[index * blocks + block] ?? 0;
      amount += times * (amounts[block] ?? 0);
      count += times * (counts[block] ?? 0);
    }
    replicates[index] = count > 0 ? amount / count : 0;
  }
  return replicates;
}

/** Standard error; the bootstrap's is too small by the root of (n - 1) / n. */
function spreadOf(replicates: Float64Array, blocks: number): number {
  const mean = sum(replicates) / replicates.length;
  const variance = replicates.reduce((total, value) => total + (value - mean) ** 2, 0) / (replicates.length - 1);
  return Math.sqrt((variance * blocks) / (blocks - 1));
}

function welchDegrees(a: number, aBlocks: number, b: number, bBlocks: number): number {
  const [va, vb] = [a * a, b * b];
  const degrees = (va + vb) ** 2 / (va ** 2 / (aBlocks - 1) + vb ** 2 / (bBlocks - 1));
  return Number.isFinite(degrees) ? degrees : aBlocks + bBlocks - 2;
}

/** Share of replicates to leave out at each end. */
function tailFor(blocks: number, df: number): number {
  return normalBelow(-Math.sqrt(blocks / (blocks - 1)) * criticalT(0.05, df));
}

function percentiles(replicates: Float64Array, tail: number): Interval {
  const sorted = replicates.toSorted();
  const last = sorted.length - 1;
  return { low: sorted[Math.floor(tail * last)] ?? 0, high: sorted[Math.ceil((1 - tail) * last)] ?? 0 };
}
