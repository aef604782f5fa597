import type { CallersTable, FlameGraph } from '../../protocol/index.ts';
import { computeFlameGraph, type FlameGraphOptions } from './compute-flame-graph.ts';
import { compareText, type MergedFrames, mergeFrames } from './merged-frames.ts';
import type { StackSums } from './stack-sums.ts';
import { WideSums } from './wide-sums.ts';

/**
 * Who calls a function and what it calls (google/pprof's graph.go, `go tool pprof -peek`): the value of an edge counts a stack
 * once, however often it runs over it; a function that calls itself is no caller of itself. Null when the function has no
 * stack. Functions of that name in several files are taken together.
 *
 *     main.a;main.f;main.b 6        callers  main.a 10  main.c 1
 *     main.a;main.f;main.f 4        callees  main.b 6
 *     main.c;main.f        1        flat 5   cum 11
 *
 * `above` and `below` are the sandwich: the call paths to and from the outermost call of the function, each with the
 * function as its only child of the root.
 */
export function computeCallers(sums: StackSums, name: string, options: FlameGraphOptions = {}): CallersTable | null {
  const merged = mergeFrames(sums.functions, sums.frame);
  const isIt = Uint8Array.from(merged.frames, (frame) => (frame.name === name ? 1 : 0));
  const file = merged.frames.find((frame) => frame.name === name)?.file;
  if (file === undefined) return null;
  const values = WideSums.of(sums.values);
  const callers = new WideSums(merged.frames.length);
  const callees = new WideSums(merged.frames.length);
  const seen = { callers: new Set<number>(), callees: new Set<number>() };
  const own = new WideSums(3);
  for (let stack = 0; stack < values.length; stack++) {
    own.add(TOTAL, values, stack);
    const frames = framesOf(sums, merged, stack);
    if (!frames.some((frame) => isIt[frame] === 1)) continue;
    own.add(CUM, values, stack);
    if (isIt[frames[0] ?? 0] === 1) own.add(FLAT, values, stack);
    for (const caller of neighbours(frames, isIt, 1)) {
      seen.callers.add(caller);
      callers.add(caller, values, stack);
    }
    for (const callee of neighbours(frames, isIt, -1)) {
      seen.callees.add(callee);
      callees.add(callee, values, stack);
    }
  }
  const table: CallersTable = {
    unit: sums.type.unit,
    total: own.toNumber(TOTAL),
    function: { name, file, flat: own.toNumber(FLAT), cum: own.toNumber(CUM) },
    callers: edges(merged, callers, seen.callers),
    callees: edges(merged, callees, seen.callees),
    above: pathsFrom(sums, merged, isIt, 'above', options),
    below: pathsFrom(sums, merged, isIt, 'below', options),
  };
  return callers.saturated || callees.saturated || own.saturated ? { ...table, saturated: true } : table;
}

const [TOTAL, CUM, FLAT] = [0, 1, 2];

/** Leaf first. */
function framesOf(sums: StackSums, { frameOf }: MergedFrames, stack: number): Uint32Array {
  return sums.frame.subarray(sums.start[stack], sums.start[stack + 1]).map((index) => frameOf[index] ?? 0);
}

/** What stands beside the function in a stack, `step` towards the root (1) or the leaf (-1), each once. */
function neighbours(frames: Uint32Array, isIt: Uint8Array, step: 1 | -1): Set<number> {
  const found = new Set<number>();
  frames.forEach((frame, at) => {
    const beside = frames[at + step];
    if (isIt[frame] === 1 && beside !== undefined && isIt[beside] !== 1) found.add(beside);
  });
  return found;
}

function edges({ frames }: MergedFrames, sums: WideSums, seen: ReadonlySet<number>): CallersTable['callers'] {
  return [...seen]
    .map((frame) => ({
      name: frames[frame]?.name ?? '',
      file: frames[frame]?.file ?? '',
      value: sums.toNumber(frame),
    }))
    .sort((a, b) => b.value - a.value || compareText(a.name, b.name) || compareText(a.file, b.file));
}

/** Above: callers turned round, so that the function is the root's child and the program's entry stands at the leaves. */
function pathsFrom(
  sums: StackSums,
  merged: MergedFrames,
  isIt: Uint8Array,
  side: 'above' | 'below',
  options: FlameGraphOptions,
): FlameGraph {
  const frame: number[] = [];
  const line: number[] = [];
  const start = [0];
  const values: bigint[] = [];
  for (let stack = 0; stack < sums.values.length; stack++) {
    const outermost = framesOf(sums, merged, stack).findLastIndex((seen) => isIt[seen] === 1);
    if (outermost < 0) continue;
    const [first, end] = [sums.start[stack] ?? 0, sums.start[stack + 1] ?? 0];
    const [from, to] = side === 'below' ? [first, first + outermost + 1] : [first + outermost, end];
    const indexes = Array.from({ length: to - from }, (_, i) => from + i);
    for (const index of side === 'below' ? indexes : indexes.reverse()) {
      frame.push(sums.frame[index] ?? 0);
      line.push(sums.line[index] ?? 0);
    }
    start.push(frame.length);
    values.push(sums.values[stack] ?? 0n);
  }
  const paths = {
    start: Uint32Array.from(start),
    frame: Uint32Array.from(frame),
    line: Float64Array.from(line),
    values: BigInt64Array.from(values),
  };
  return computeFlameGraph({ ...sums, ...paths }, options);
}
