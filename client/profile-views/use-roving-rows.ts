import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface RovingActions {
  readonly reveal: (index: number) => void;
  readonly choose: (index: number) => void;
  /** Keys of the panel's own; whether it meant something. */
  readonly other?: (key: string, index: number) => boolean;
}

const PAGE = 15;

/**
 * Rows as the stops of a grid (ARIA practices): one row is reached by Tab; up, down, Page, Home and End move, Enter and Space
 * choose. The active row is remembered by its id, so that it stays itself when rows move.
 */
export function useRovingRows(ids: { readonly count: number; idAt(index: number): string }, actions: RovingActions) {
  const [active, setActive] = useState<{ readonly id: string; readonly index: number }>({ id: '', index: 0 });
  const focusWanted = useRef<HTMLElement>(null);
  const index = placeOf(ids, active);

  useEffect(() => {
    // A row far away is rendered only when the table has been scrolled there.
    const row = focusWanted.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (!row) return;
    focusWanted.current = null;
    row.focus();
  });

  const activate = (to: number) => setActive({ id: ids.idAt(to), index: to });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const inHeader = event.target instanceof HTMLElement && event.target.closest('thead') !== null;
    if (inHeader || ids.count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = destination(event.key, index, ids.count);
    if (to !== null) {
      activate(to);
      actions.reveal(to);
      focusWanted.current = event.currentTarget;
    } else if (event.key === 'Enter' || event.key === ' ') actions.choose(index);
    else if (!actions.other?.(event.key, index)) return;
    event.preventDefault();
  };
  return { active: index, activate, onKeyDown };
}

/** Where the remembered row is now: mostly where it was. */
function placeOf(
  { count, idAt }: { count: number; idAt(index: number): string },
  active: { id: string; index: number },
): number {
  if (active.id === '') return 0;
  if (active.index < count && idAt(active.index) === active.id) return active.index;
  for (let index = 0; index < count; index++) {
    if (idAt(index) === active.id) return index;
  }
  return 0;
}

function destination(key: string, at: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}
