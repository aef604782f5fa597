import type { TopTable } from '../../protocol/index.ts';
import { compareText, mergeFrames } from './merged-frames.ts';
import type { StackSums } from './stack-sums.ts';
import { WideSums } from './wide-sums.ts';

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
  const rows = frames.map(({ name, file }, frame) => ({
    name,
    file,
    flat: flat.toNumber(frame),
    cum: cum.toNumber(frame),
    flatLow: null,
    flatHigh: null,
  }));
  rows.sort((a, b) => b.flat - a.flat || compareText(a.name, b.name) || compareText(a.file, b.file));
  const table = { unit: sums.type.unit, total: total.toNumber(0), rows };
  return flat.saturated || cum.saturated || total.saturated ? { ...table, saturated: true } : table;
}
