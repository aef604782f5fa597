import type { StackSums } from '../profile/stack-sums.ts';
import { expandStacks, pathsFor } from './expand-stacks.ts';
import { planQuery } from './plan-query.ts';
import type { Selection } from './profile-store.ts';
import type { StoreState } from './store-state.ts';
import { sumRecentSamples, sumSamples } from './sum-samples.ts';

/** From memory alone when memory has every window that is asked for. */
export function sumByStack(state: StoreState, selection: Selection, typeName: string | null): Promise<StackSums> {
  return state.gate.read(async () => {
    const { dictionaries, recent } = state;
    const { type, parts } = planQuery(dictionaries, selection, typeName);
    const windows = parts.map(({ series }) => recent.find(series, selection.from, selection.to));
    const sums = windows.includes(undefined)
      ? await state.readFile((connection) => sumSamples(connection, parts, selection))
      : sumRecentSamples(parts, (part) => windows[parts.indexOf(part)] ?? []);
    return expandStacks(pathsFor(state, selection), type, sums);
  });
}
