import { changeShare } from './diff-graphs.ts';
import type { Picture } from './picture.ts';

/** A line of the table: a node that is visible with the present expansion. */
export interface TableRow {
  readonly node: number;
  /** From 1, as ARIA counts. */
  readonly level: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly position: number;
  readonly siblings: number;
}

export type TableSort = 'total' | 'self' | 'name';

export interface RowsInput {
  readonly picture: Picture;
  /** Keys that the reader opened or closed himself; the rest follows `openFrom`. */
  readonly toggled: ReadonlyMap<number, boolean>;
  readonly sort: TableSort;
  /** By name, 1 = found: only found frames and the way to them are listed, all open. null: no search. */
  readonly matches: Uint8Array | null;
}

/** Frames of at least this share stand open at first: the hot path is readable without a key. */
const OPEN_FROM = 0.02;

/**
 * The visible rows in reading order, siblings by the sort (largest first, whatever the sign; by name ascending).
 *
 *     main 10 ┬ read 2      sort total: main, sort, less, read    (main and sort open)
 *             └ sort 8 ── less 8
 */
export function tableRows(input: RowsInput): TableRow[] {
  const { layout } = input.picture;
  const rows: TableRow[] = [];
  const wanted = input.matches === null ? null : onTheWay(input, input.matches);
  const visit = (node: number, position: number, siblings: number) => {
    const children = childrenOf(input, node, wanted);
    const key = layout.key[node] ?? 0;
    const byDefault = wanted !== null || weight(input.picture, node) >= OPEN_FROM;
    const expanded = children.length > 0 && (input.toggled.get(key) ?? byDefault);
    const level = (layout.depth[node] ?? 0) + 1;
    rows.push({ node, level, expandable: children.length > 0, expanded, position, siblings });
    if (!expanded) return;
    for (const [index, child] of children.entries()) visit(child, index + 1, children.length);
  };
  if (layout.count > 0) visit(0, 1, 1);
  return rows;
}

function childrenOf({ picture, sort }: RowsInput, node: number, wanted: Uint8Array | null): number[] {
  const { layout, total, self } = picture;
  const children: number[] = [];
  const end = layout.end[node] ?? 0;
  for (let child = node + 1; child < end; child = layout.end[child] ?? end) {
    if (wanted === null || wanted[child] === 1) children.push(child);
  }
  if (sort === 'name') return children;
  const delta = picture.difference?.delta;
  const values = sort === 'self' ? self : total;
  const value = (child: number) => Math.abs((delta ?? values)[child] ?? 0);
  return children.sort((a, b) => value(b) - value(a) || a - b);
}

function onTheWay({ picture }: RowsInput, matches: Uint8Array): Uint8Array {
  const { layout } = picture;
  const wanted = new Uint8Array(layout.count);
  for (let node = layout.count - 1; node >= 0; node--) {
    if (matches[layout.nameOf[node] ?? -1] === 1) wanted[node] = 1;
    const up = layout.parent[node] ?? -1;
    if (wanted[node] === 1 && up >= 0) wanted[up] = 1;
  }
  return wanted;
}

/** What makes a row worth showing: its share, or the size of its change. */
function weight(picture: Picture, node: number): number {
  if (picture.difference !== null) return Math.abs(changeShare(picture.difference, node));
  const whole = picture.total[0] ?? 0;
  return whole === 0 ? 0 : Math.abs((picture.total[node] ?? 0) / whole);
}
