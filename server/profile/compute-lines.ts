import type { LineTable } from '../../protocol/index.ts';
import { compareText, mergeFrames } from './merged-frames.ts';
import type { StackSums } from './stack-sums.ts';
import { WideSums } from './wide-sums.ts';

/**
 * Flat and cumulative value of each line of a file, as `go tool pprof -top -lines` counts them: a stack counts once for a line
 * that stands in it more than once. A line that belongs to several functions (type parameters) has a row for each. By line,
 * then function. Null when no stack runs through the file.
 *
 *     main.a:3;main.b:7 5      main.go:3  main.a  flat 1  cum 6
 *     main.a:3          1      main.go:7  main.b  flat 5  cum 5
 */
export function computeLines(sums: StackSums, file: string): LineTable | null {
  const { frames, frameOf } = mergeFrames(sums.functions, sums.frame);
  const values = WideSums.of(sums.values);
  const numbers = new Map<string, number>();
  const rows: { name: string; line: number }[] = [];
  const rowOf = new Int32Array(sums.frame.length).fill(-1);
  sums.frame.forEach((index, at) => {
    const frame = frameOf[index] ?? 0;
    if (frames[frame]?.file !== file) return;
    const line = sums.line[at] ?? 0;
    const key = `${frame} ${line}`;
    const row = numbers.get(key) ?? rows.push({ name: frames[frame]?.name ?? '', line }) - 1;
    numbers.set(key, row);
    rowOf[at] = row;
  });
  if (rows.length === 0) return null;
  const flat = new WideSums(rows.length);
  const cum = new WideSums(rows.length);
  const total = new WideSums(1);
  const lastStack = new Int32Array(rows.length).fill(-1);
  for (let stack = 0; stack < values.length; stack++) {
    total.add(0, values, stack);
    const from = sums.start[stack] ?? 0;
    const to = sums.start[stack + 1] ?? 0;
    for (let at = from; at < to; at++) {
      const row = rowOf[at] ?? -1;
      if (row < 0) continue;
      if (at === from) flat.add(row, values, stack);
      if (lastStack[row] === stack) continue;
      lastStack[row] = stack;
      cum.add(row, values, stack);
    }
  }
  const lines = rows.map(({ name, line }, row) => ({
    line,
    function: name,
    flat: flat.toNumber(row),
    cum: cum.toNumber(row),
  }));
  lines.sort((a, b) => a.line - b.line || compareText(a.function, b.function));
  const isSaturated = flat.saturated || cum.saturated || total.saturated;
  return { unit: sums.type.unit, total: total.toNumber(0), file, lines, ...(isSaturated ? { saturated: true } : {}) };
}
