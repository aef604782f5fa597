import type { DuckDBConnection } from '@duckdb/node-api';
import type { BlockSums, WindowBlock } from '../profile/stack-sums.ts';
import { queryRows } from './database.ts';
import type { StoredWindow } from './entries.ts';
import { expandNumberedStacks, pathsFor } from './expand-stacks.ts';
import { planQuery, type QueryPart } from './plan-query.ts';
import type { Selection } from './profile-store.ts';
import type { StoreState } from './store-state.ts';
import { addTo, forEachSample, sumSql, visitParts } from './sum-samples.ts';
import { EMPTY_SUMMARY, summariseWindows, type TimeRange, windowsWhere } from './window-range.ts';

export interface BlockOptions {
  readonly type: string | null;
  readonly maxBlocks: number;
}

/** Values by block and stack id; blocks are as SQL's ntile makes them: the first ones have a window more than the others. */
interface BlockValues {
  readonly blocks: readonly WindowBlock[];
  readonly cells: ReadonlyMap<number, ReadonlyMap<number, bigint>>;
  readonly window: BlockSums['sums']['window'];
}

/** From memory alone when memory has every window that is asked for. */
export function sumByBlock(state: StoreState, selection: Selection, options: BlockOptions): Promise<BlockSums> {
  return state.gate.read(async () => {
    const { dictionaries, recent } = state;
    const { type, parts } = planQuery(dictionaries, selection, options.type);
    const windows = recent.find(
      parts.flatMap(({ series }) => series),
      selection.from,
      selection.to,
    );
    const values = windows
      ? sumRecentBlocks(parts, windows, options.maxBlocks)
      : await state.readFile((connection) => sumStoredBlocks(connection, { parts, range: selection, options }));
    const byStack = new Map<number, bigint>();
    for (const cells of values.cells.values()) {
      for (const [stack, value] of cells) addTo(byStack, stack, value);
    }
    const { sums, indexOf } = expandNumberedStacks(pathsFor(state, selection), type, {
      byStack,
      window: values.window,
    });
    return { sums, blocks: values.blocks, ...inColumns(values.cells, indexOf) };
  });
}

function inColumns(cells: BlockValues['cells'], indexOf: (stack: number) => number) {
  const count = [...cells.values()].reduce((sum, ofBlock) => sum + ofBlock.size, 0);
  const columns = { block: new Uint32Array(count), stack: new Uint32Array(count), value: new Float64Array(count) };
  let cell = 0;
  for (const [block, ofBlock] of cells) {
    for (const [stack, value] of ofBlock) {
      columns.block[cell] = block;
      columns.stack[cell] = indexOf(stack);
      columns.value[cell++] = Number(value);
    }
  }
  return columns;
}

function sumRecentBlocks(parts: readonly QueryPart[], windows: readonly StoredWindow[], most: number): BlockValues {
  const sorted = windows.toSorted((a, b) => a.atMillis - b.atMillis || a.id - b.id);
  const count = Math.min(most, sorted.length);
  const partOf = new Map(parts.flatMap((part) => part.series.map((series) => [series, part] as const)));
  const cells = new Map<number, Map<number, bigint>>();
  const members: StoredWindow[][] = Array.from({ length: count }, () => []);
  sorted.forEach((window, index) => {
    const block = blockOf(index, sorted.length, count);
    members[block]?.push(window);
    const part = partOf.get(window.series);
    if (!part) return;
    const sums = cells.get(block) ?? new Map<number, bigint>();
    cells.set(block, sums);
    forEachSample(window, part, (stack, value) => addTo(sums, stack, value));
  });
  const blocks = members.map(summariseWindows).map(({ from, profiles, requests, durationNanos }) => ({
    from: from ?? 0,
    profiles,
    requests,
    durationNanos,
  }));
  return { blocks, cells, window: summariseWindows(sorted) };
}

/** Number of the block of the window at `index` of `length`, as SQL's ntile counts, from 0. */
function blockOf(index: number, length: number, blocks: number): number {
  const size = Math.floor(length / blocks);
  const larger = length % blocks;
  const ofLarger = larger * (size + 1);
  return index < ofLarger ? Math.floor(index / (size + 1)) : larger + Math.floor((index - ofLarger) / size);
}

interface StoredBlocks {
  readonly parts: readonly QueryPart[];
  readonly range: TimeRange;
  readonly options: BlockOptions;
}

async function sumStoredBlocks(
  connection: DuckDBConnection,
  { parts, range, options }: StoredBlocks,
): Promise<BlockValues> {
  const all = parts.flatMap(({ series }) => series);
  if (all.length === 0) return { blocks: [], cells: new Map(), window: EMPTY_SUMMARY };
  const numbered = `(SELECT *, ntile(${options.maxBlocks}) OVER (ORDER BY at_millis, id) - 1 AS block
     FROM windows WHERE ${windowsWhere(all, range)})`;
  const blocks = await queryRows(
    connection,
    `SELECT count(*), count(requests), sum(requests), sum(duration_nanos), min(at_millis) FROM ${numbered}
     GROUP BY block ORDER BY block`,
  );
  const cells = new Map<number, Map<number, bigint>>();
  const window = await visitParts(connection, { parts, range }, async (part, where) => {
    const rows = await queryRows(
      connection,
      `SELECT w.block, s.stack, ${sumSql(part.source, 's.')}
       FROM (SELECT * FROM samples WHERE ${where}) s JOIN ${numbered} w ON w.id = s.win
       GROUP BY ALL`,
    );
    for (let row = 0; row < rows.count; row++) {
      const sums = cells.get(rows.number(0, row)) ?? new Map<number, bigint>();
      cells.set(rows.number(0, row), sums);
      addTo(sums, rows.number(1, row), rows.bigint(2, row) * part.source.times);
    }
  });
  return {
    blocks: Array.from({ length: blocks.count }, (_, row) => ({
      from: blocks.number(4, row),
      profiles: blocks.number(0, row),
      requests: blocks.number(1, row) === blocks.number(0, row) ? blocks.number(2, row) : null,
      durationNanos: blocks.bigint(3, row),
    })),
    cells,
    window,
  };
}
