import { chunkedDictionaries } from './chunked-dictionaries.ts';
import { type ChunkPlace, type EntryRange, isSmall, listChunks, rangesOf, rewriteEntries } from './entry-table.ts';
import type { StoreState } from './store-state.ts';

/**
 * Entries that a round packs at most: a tenth of a second or two. Those of a few thousand new profiles, so that such a burst is
 * packed before any of it is in the file: blocks that a later round gives back stay in it as holes.
 */
export const PACKED_ENTRIES = 131_072;

/** The small chunks that stand together, as ranges that become full chunks. */
export interface PackPlan {
  readonly ranges: readonly EntryRange[];
  /** Nothing is left to be packed then. */
  readonly isLast: boolean;
}

/** Joins small chunks, and moves what commits wrote to the others, within the transaction that is open, alone. */
export async function packEntries(state: StoreState): Promise<{ readonly isLast: boolean }> {
  const { writer } = state.database;
  const chunked = chunkedDictionaries(state.dictionaries);
  const chunks = await listChunks(writer);
  const { ranges, isLast } = findSmallRuns(chunks, rangesOf(chunks, chunked), PACKED_ENTRIES);
  for (const range of ranges) {
    const of = chunked.find(({ tag }) => tag === range.tag);
    if (of !== undefined) await rewriteEntries(state, of, range);
  }
  await writer.run('INSERT INTO packed_entries SELECT * FROM new_entries');
  await writer.run('DELETE FROM new_entries');
  return { isLast };
}

/**
 * Runs of at least two neighbours that are small; together about `most` entries.
 *
 *     chunks   32768  32768  900  30  7 │ 12 │ 32768  50  32768        dictionaries 4, 5, 9
 *     runs                   ─────────
 */
export function findSmallRuns(chunks: readonly ChunkPlace[], ranges: readonly EntryRange[], most: number): PackPlan {
  const runs: EntryRange[] = [];
  let packed = 0;
  for (let at = 0; at < chunks.length; ) {
    const start = at;
    const tag = chunks[start]?.tag;
    for (let entries = 0; at < chunks.length && (at - start < 2 || packed + entries < most); at++) {
      const chunk = chunks[at];
      if (chunk === undefined || chunk.tag !== tag || !isSmall(chunk)) break;
      entries += chunk.count;
    }
    const [first, last] = [ranges[start], ranges[at - 1]];
    if (at - start >= 2 && first !== undefined && last !== undefined) {
      runs.push({ tag: first.tag, from: first.from, to: last.to });
      for (const { count } of chunks.slice(start, at)) packed += count;
      if (packed >= most) return { ranges: runs, isLast: false };
    }
    if (at === start) at++;
  }
  return { ranges: runs, isLast: true };
}
