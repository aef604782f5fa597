import type { ProfileFunction } from './profile.ts';
import type { StackSums } from './stack-sums.ts';

/** Stacks whose samples have one value of a label; "" = they lack it. */
export interface StackGroup {
  readonly value: string;
  readonly sums: StackSums;
}

/**
 * Puts a frame with the label's value under the root of each stack, as `go tool pprof -tagroot` does: its name is the value, its
 * file the label. Stacks without the label stand under `(no tenant)`.
 *
 *     label tenant    "a": f;g 10    "": f 5      →      a;f;g 10    (no tenant);f 5
 *
 * `whole` gives type and window: a profile that has samples in several groups counts once.
 */
export function groupStacks(label: string, groups: readonly StackGroup[], whole: StackSums): StackSums {
  const stacks = groups.reduce((sum, { sums }) => sum + sums.values.length, 0);
  const frames = groups.reduce((sum, { sums }) => sum + sums.frame.length + sums.values.length, 0);
  const functions: ProfileFunction[] = [];
  const texts: (readonly string[])[] = [];
  const start = new Uint32Array(stacks + 1);
  const frame = new Uint32Array(frames);
  const line = new Float64Array(frames);
  const values = new BigInt64Array(stacks);
  let stack = 0;
  let end = 0;
  for (const { value, sums } of groups) {
    const first = functions.length;
    // Not push(...): a spread of many thousand arguments overflows the call stack.
    for (const fn of sums.functions) functions.push(fn);
    for (const text of sums.texts ?? []) texts.push(text);
    const root = functions.length;
    const name = value === '' ? `(no ${label})` : value;
    functions.push({ name, systemName: name, file: label, startLine: 0 });
    texts.push([name, label]);
    for (let i = 0; i < sums.values.length; i++) {
      for (let at = sums.start[i] ?? 0; at < (sums.start[i + 1] ?? 0); at++) {
        frame[end] = first + (sums.frame[at] ?? 0);
        line[end++] = sums.line[at] ?? 0;
      }
      frame[end++] = root;
      values[stack++] = sums.values[i] ?? 0n;
      start[stack] = end;
    }
  }
  const stacksNow = { functions, start, frame: frame.slice(0, end), line: line.slice(0, end), values };
  return { ...whole, ...stacksNow, ...(whole.texts && { texts }) };
}
