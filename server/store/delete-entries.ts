import type { ChunkedDictionary } from './chunked-dictionaries.ts';
import { type EntryRange, listChunks, rangesOf, rewriteEntries } from './entry-table.ts';
import type { StoreState } from './store-state.ts';

export interface DeadEntries {
  readonly chunked: ChunkedDictionary;
  readonly ids: ReadonlySet<number>;
}

/** Writes the chunks that have dead entries again without them, within the transaction that is open; memory keeps them. */
export async function deleteEntries(state: StoreState, dead: readonly DeadEntries[]): Promise<void> {
  const ranges = rangesOf(
    await listChunks(state.database.writer),
    dead.map(({ chunked }) => chunked),
  );
  for (const { chunked, ids } of dead) {
    const touched = ranges.filter(({ tag, from, to }) => tag === chunked.tag && hasAny(ids, from, to));
    for (const range of joinNeighbours(touched)) await rewriteEntries(state, chunked, range, (id) => !ids.has(id));
  }
}

function hasAny(ids: ReadonlySet<number>, from: number, to: number): boolean {
  for (let id = from; id < to; id++) if (ids.has(id)) return true;
  return false;
}

function joinNeighbours(ranges: readonly EntryRange[]): EntryRange[] {
  const joined: EntryRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last?.to === range.from) joined[joined.length - 1] = { ...last, to: range.to };
    else joined.push(range);
  }
  return joined;
}
