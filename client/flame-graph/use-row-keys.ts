import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Layout } from './model/layout.ts';
import type { TableRow } from './model/table-rows.ts';

export interface RowActions {
  readonly toggle: (row: TableRow) => void;
  readonly choose: (row: TableRow) => void;
  readonly reveal: (index: number) => void;
}

/**
 * Keys of a treegrid with rows as stops (ARIA practices): up and down, Home and End, right opens or goes in, left closes or
 * goes out, Enter chooses. The active row is remembered by its key, so that it stays itself when rows move.
 */
export function useRowKeys(rows: readonly TableRow[], layout: Layout, actions: RowActions) {
  const [activeKey, setActiveKey] = useState<number | null>(null);
  const focusWanted = useRef<HTMLElement>(null);
  const found = rows.findIndex((row) => layout.key[row.node] === activeKey);
  const active = Math.max(0, found);

  useEffect(() => {
    // A row far away is rendered only when the table has been scrolled there.
    const row = focusWanted.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!row) return;
    focusWanted.current = null;
    row.focus();
  });

  const activate = (index: number) => setActiveKey(layout.key[rows[index]?.node ?? 0] ?? null);
  const go = (index: number, table: HTMLElement) => {
    const to = Math.min(rows.length - 1, Math.max(0, index));
    activate(to);
    actions.reveal(to);
    focusWanted.current = table;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[active];
    const inHeader = event.target instanceof HTMLElement && event.target.closest('thead') !== null;
    if (row === undefined || inHeader) return;
    const to = destination(event.key, active, rows);
    if (to !== null) go(to, event.currentTarget);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') actions.toggle(row);
    else if (event.key === 'Enter' || event.key === ' ') actions.choose(row);
    else return;
    event.preventDefault();
  };
  return { active, activate, onKeyDown };
}

/** The row that a key goes to; null: the key goes nowhere (an arrow then opens or closes). */
export function destination(key: string, at: number, rows: readonly TableRow[]): number | null {
  const row = rows[at];
  if (row === undefined) return null;
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + 15;
    case 'PageUp':
      return at - 15;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      return row.expandable && !row.expanded ? null : row.expanded ? at + 1 : at;
    case 'ArrowLeft':
      return row.expanded ? null : parentOf(at, rows);
    default:
      return null;
  }
}

function parentOf(at: number, rows: readonly TableRow[]): number {
  const level = rows[at]?.level ?? 1;
  for (let i = at - 1; i >= 0; i--) {
    if ((rows[i]?.level ?? level) < level) return i;
  }
  return at;
}
