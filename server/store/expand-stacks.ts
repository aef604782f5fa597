import type { SampleType } from '../../protocol/index.ts';
import type { StackSums } from '../profile/stack-sums.ts';
import type { Dictionaries } from './dictionaries.ts';
import { FrameTable } from './frame-table.ts';
import { StackTrie } from './stack-trie.ts';
import { checkedInt64, type SampleSums } from './sum-samples.ts';

/**
 * From sums by stacks of locations to sums by paths of functions: inlined functions become frames of their own, and stacks
 * that differ by address or build only become one.
 *
 *     main@1;(b inlined in a)@2  10  ┐   main;a;b  17
 *     main@1;(b inlined in a)@9   7  ┘
 */
export function expandStacks(dictionaries: Dictionaries, type: SampleType, sums: SampleSums): StackSums {
  return expandNumberedStacks(dictionaries, type, sums).sums;
}

/** The same, and where the sums of a stack of locations went. */
export function expandNumberedStacks(
  dictionaries: Dictionaries,
  type: SampleType,
  sums: SampleSums,
): { readonly sums: StackSums; indexOf(stack: number): number } {
  const frames = new FrameTable(dictionaries);
  const { paths, pathOf } = createPaths(dictionaries, frames);
  const pathsOfStacks = Array.from(sums.byStack.keys(), pathOf);
  const places = new Int32Array(paths.length).fill(-1);
  const shown: number[] = [];
  const totals: bigint[] = [];
  let at = 0;
  for (const value of sums.byStack.values()) {
    const path = pathsOfStacks[at++] ?? 0;
    const place = places[path] ?? -1;
    if (place >= 0) {
      totals[place] = (totals[place] ?? 0n) + value;
      continue;
    }
    places[path] = shown.push(path) - 1;
    totals.push(value);
  }
  const values = BigInt64Array.from(totals, checkedInt64);
  return {
    sums: { type, functions: frames.functions, ...pathColumns(paths, shown, frames), values, window: sums.window },
    indexOf: (stack) => places[pathOf(stack)] ?? 0,
  };
}

/** The frames of each path, leaf first. */
function pathColumns(paths: StackTrie, of: readonly number[], frames: FrameTable) {
  const depth = new Int32Array(paths.length);
  for (let node = 1; node < depth.length; node++) depth[node] = (depth[paths.parent(node)] ?? 0) + 1;
  const start = new Uint32Array(of.length + 1);
  of.forEach((path, place) => {
    start[place + 1] = (start[place] ?? 0) + (depth[path] ?? 0);
  });
  const frame = new Uint32Array(start[of.length] ?? 0);
  const line = new Float64Array(frame.length);
  let at = 0;
  for (const path of of) {
    for (let node = path; node > 0; node = paths.parent(node)) {
      const shown = paths.item(node);
      frame[at] = frames.functionOf[shown] ?? 0;
      line[at++] = frames.lineOf[shown] ?? 0;
    }
  }
  return { start, frame, line };
}

/** Paths of frames, kept like stacks; a stack's path is worked out from its parent's, once. */
function createPaths({ stacks }: Dictionaries, frames: FrameTable) {
  const paths = new StackTrie();
  const pathOfStack = new Map<number, number>([[0, 0]]);
  const open: number[] = [];
  const pathOf = (stack: number): number => {
    let node = stack;
    let path = pathOfStack.get(node);
    for (; path === undefined; path = pathOfStack.get(node)) {
      open.push(node);
      node = stacks.parent(node);
    }
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const frame of frames.framesOf(stacks.item(id))) path = paths.child(path, frame);
      pathOfStack.set(id, path);
    }
    return path;
  };
  return { paths, pathOf };
}
