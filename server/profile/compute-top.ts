import type { TopRow, TopTable } from '../../protocol/index.ts';
import { createBootstrap, FEWEST_BLOCKS } from './compare/bootstrap-means.ts';
import { compareText, mergeFrames } from './merged-frames.ts';
import type { BlockSums, StackSums } from './stack-sums.ts';
import { JsonNumbers, WideSums } from './wide-sums.ts';

/**
 * Flat and cumulative value of each function, as `go tool pprof -top` counts them: a stack counts once for a function that
 * stands in it more than once. Flat descending, then name, then file; functions with flat 0 are included.
 *
 *     main.a;main.b;main.b 6      main.b   flat 6  cum 6
 *     main.a 1                    main.a   flat 1  cum 7
 */
export function computeTop(sums: StackSums): TopTable {
  const { frames, frameOf } = mergeFrames(sums.functions, sums.frame);
  const values = WideSums.of(sums.values);
  const flat = new WideSums(frames.length);
  const cum = new WideSums(frames.length);
  const total = new WideSums(1);
  const lastStack = new Int32Array(frames.length).fill(-1);
  for (let stack = 0; stack < values.length; stack++) {
    total.add(0, values, stack);
    const from = sums.start[stack] ?? 0;
    const to = sums.start[stack + 1] ?? 0;
    if (from < to) flat.add(frameOf[sums.frame[from] ?? 0] ?? 0, values, stack);
    for (let i = from; i < to; i++) {
      const frame = frameOf[sums.frame[i] ?? 0] ?? 0;
      if (lastStack[frame] === stack) continue;
      lastStack[frame] = stack;
      cum.add(frame, values, stack);
    }
  }
  const ordered = frames.map(({ name, file }, frame) => ({ name, file, frame }));
  ordered.sort((a, b) => flat.compare(b.frame, a.frame) || compareText(a.name, b.name) || compareText(a.file, b.file));
  const rows = ordered.map(({ name, file, frame }) => ({
    name,
    file,
    flat: flat.toNumber(frame),
    cum: cum.toNumber(frame),
    flatLow: null,
    flatHigh: null,
  }));
  const table = { unit: sums.type.unit, total: total.toNumber(0), rows };
  return flat.saturated || cum.saturated || total.saturated ? { ...table, saturated: true } : table;
}

/** Rows that get an interval. */
const MOST_INTERVALS = 200;

export interface TopOptions {
  /** How many of the first rows also get their course over time. */
  readonly points: number;
}

/**
 * The same table; its first 200 rows have the 95 % interval of `flat` over the windows, if there are at least 8. With `points`
 * the first rows have `flat` per profile in each block of windows, and the table the blocks' `times`.
 *
 *     at 0 s: main.a 4   at 1 s: main.a 2      times [0, 1000]   main.a  flat 6  points [4, 2]
 */
export function computeTopWithIntervals(blocks: BlockSums, { points }: TopOptions = { points: 0 }): TopTable {
  const table = computeTop(blocks.sums);
  const numbers = new JsonNumbers();
  const intervalOf = createIntervals(blocks, numbers);
  const flats = intervalOf === null && points === 0 ? null : flatsByBlock(blocks);
  if (flats === null) return table;
  const rows = table.rows.map((row, at): TopRow => {
    if (at >= Math.max(MOST_INTERVALS, points)) return row;
    const flat = flats.get(keyOf(row));
    return {
      ...row,
      ...(flat && at < MOST_INTERVALS ? intervalOf?.(flat) : {}),
      ...(at < points
        ? { points: blocks.blocks.map(({ profiles }, block) => numbers.of((flat?.[block] ?? 0) / profiles)) }
        : {}),
    };
  });
  return {
    ...table,
    rows,
    ...(points > 0 ? { times: blocks.blocks.map(({ from }) => from) } : {}),
    ...(numbers.saturated ? { saturated: true } : {}),
  };
}

/** null with too few blocks to say anything. */
function createIntervals({ blocks, sums }: BlockSums, numbers: JsonNumbers) {
  if (blocks.length < FEWEST_BLOCKS) return null;
  const bootstrap = createBootstrap(blocks.length, FEWEST_BLOCKS);
  const counts = Float64Array.from(blocks, ({ profiles }) => profiles);
  return (flat: Float64Array): Pick<TopRow, 'flatLow' | 'flatHigh'> => {
    const amounts = flat.map((value) => value * sums.window.profiles);
    const { low, high } = bootstrap.interval({ amounts, counts });
    return { flatLow: numbers.of(low), flatHigh: numbers.of(high) };
  };
}

const keyOf = ({ name, file }: { readonly name: string; readonly file: string }): string => `${name}\0${file}`;

/** Function → its flat value in each block. */
function flatsByBlock({ sums, blocks, block, stack, value }: BlockSums): Map<string, Float64Array> {
  const flats = new Map<string, Float64Array>();
  value.forEach((one, cell) => {
    const leaf = sums.functions[sums.frame[sums.start[stack[cell] ?? 0] ?? 0] ?? 0];
    if (leaf === undefined) return;
    const flat = flats.get(keyOf(leaf)) ?? new Float64Array(blocks.length);
    flats.set(keyOf(leaf), flat);
    const at = block[cell] ?? 0;
    flat[at] = (flat[at] ?? 0) + one;
  });
  return flats;
}
