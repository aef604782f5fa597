import type { SampleType } from '../../protocol/index.ts';
import type { StackSums } from '../profile/stack-sums.ts';
import type { Selection } from './profile-store.ts';
import type { StackPaths } from './stack-paths.ts';
import type { StoreState } from './store-state.ts';
import { checkedInt64, type SampleSums } from './sum-samples.ts';

/**
 * From sums by stacks of locations to sums by paths of functions.
 *
 *     main@1;(b inlined in a)@2  10  ┐   main;a;b  17
 *     main@1;(b inlined in a)@9   7  ┘
 */
export function expandStacks(stackPaths: StackPaths, type: SampleType, sums: SampleSums): StackSums {
  return expandNumberedStacks(stackPaths, type, sums).sums;
}

/** The same, and where the sums of a stack of locations went. */
export function expandNumberedStacks(
  stackPaths: StackPaths,
  type: SampleType,
  sums: SampleSums,
): { readonly sums: StackSums; indexOf(stack: number): number } {
  const pathsOfStacks = Array.from(sums.byStack.keys(), (stack) => stackPaths.pathOf(stack));
  const places = new Int32Array(stackPaths.paths.length).fill(-1);
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
    sums: { type, ...pathColumns(stackPaths, shown), values, window: sums.window },
    indexOf: (stack) => places[stackPaths.pathOf(stack)] ?? 0,
  };
}

export const pathsFor = ({ paths }: Pick<StoreState, 'paths'>, { forPatterns }: Selection): StackPaths =>
  forPatterns ? paths.forPatterns() : paths;

/** The frames of each path, leaf first; functions are those that they name, in the order of their first use. */
function pathColumns(stackPaths: StackPaths, of: readonly number[]) {
  const { paths, frames } = stackPaths;
  const start = new Uint32Array(of.length + 1);
  of.forEach((path, place) => {
    start[place + 1] = (start[place] ?? 0) + stackPaths.depthOf(path);
  });
  const frame = new Uint32Array(start[of.length] ?? 0);
  const line = new Float64Array(frame.length);
  const functions: StackSums['functions'][number][] = [];
  const texts: (readonly string[])[] = [];
  const numberOf = new Int32Array(frames.functions.length).fill(-1);
  let at = 0;
  for (const path of of) {
    for (let node = path; node > 0; node = paths.parent(node)) {
      const shown = paths.item(node);
      const fn = frames.functionOf[shown] ?? 0;
      const known = frames.functions[fn];
      if (numberOf[fn] === -1 && known !== undefined) {
        numberOf[fn] = functions.push(known) - 1;
        if (frames.texts) texts.push(frames.texts[fn] ?? []);
      }
      frame[at] = numberOf[fn] ?? 0;
      line[at++] = frames.lineOf[shown] ?? 0;
    }
  }
  return { functions, ...(frames.texts && { texts }), start, frame, line };
}
