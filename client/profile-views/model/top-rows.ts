import type { TopRow, TopTable } from '../../../protocol/index.ts';

export type TopSort = 'name' | 'flat' | 'cum' | 'high';
export interface TopOrder {
  readonly by: TopSort;
  readonly descending: boolean;
}

/** What a first click on a column means: words from A, numbers from the largest. */
export function nextOrder(now: TopOrder, by: TopSort): TopOrder {
  return now.by === by ? { by, descending: !now.descending } : { by, descending: by !== 'name' };
}

export interface TopRows {
  readonly rows: readonly TopRow[];
  /** Flat value of these rows together. */
  readonly flat: number;
}

/**
 * The rows whose name or file contains the text (plain, case ignored), in order; equal ones by name, then file. Values are ordered
 * by their size, whatever their sign. Rows without an interval stand behind those with one.
 */
export function topRows(table: TopTable, text: string, { by, descending }: TopOrder): TopRows {
  const wanted = text.trim().toLowerCase();
  const found =
    wanted === ''
      ? table.rows.slice()
      : table.rows.filter(
          ({ name, file }) => name.toLowerCase().includes(wanted) || file.toLowerCase().includes(wanted),
        );
  const turn = descending ? -1 : 1;
  const byName = (a: TopRow, b: TopRow) => compareText(a.name, b.name) || compareText(a.file, b.file);
  const compare =
    by === 'name'
      ? (a: TopRow, b: TopRow) => turn * byName(a, b)
      : (a: TopRow, b: TopRow) => turn * (amountOf(a, by) - amountOf(b, by)) || byName(a, b);
  found.sort(
    by === 'high' ? (a, b) => Number(a.flatHigh === null) - Number(b.flatHigh === null) || compare(a, b) : compare,
  );
  return { rows: found, flat: found.reduce((sum, { flat }) => sum + flat, 0) };
}

/** The width of the interval's scale: what every row's flat value and interval lie in. */
export function largestFlat(table: TopTable): number {
  return table.rows.reduce((most, { flat, flatHigh }) => Math.max(most, flat, flatHigh ?? 0), 0);
}

function amountOf(row: TopRow, by: Exclude<TopSort, 'name'>): number {
  return by === 'high' ? (row.flatHigh ?? 0) : Math.abs(row[by]);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
