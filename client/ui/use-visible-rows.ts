import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

export interface VisibleRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** Rows to render: [first, last). */
  readonly first: number;
  readonly last: number;
  /** Pixels that stand for the rows that are not rendered. */
  readonly above: number;
  readonly below: number;
  readonly reveal: (index: number) => void;
}

/** Up to here every row is rendered: simpler to search and to read out. */
const ALL_ROWS = 300;
const MARGIN = 20;

/** Which rows of a long table are near the visible part. `rowRem`: the height of each row, and of the header, as the stylesheet has it. */
export function useVisibleRows(count: number, rowRem: number): VisibleRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 800, row: 28 });
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const row = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    setSeen({ top: element.scrollTop, height: element.clientHeight, row });
  }, [rowRem]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(onScroll);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onScroll]);

  const all = count <= ALL_ROWS;
  const first = all ? 0 : Math.min(count, Math.max(0, Math.floor(seen.top / seen.row) - MARGIN));
  const last = all ? count : Math.min(count, first + Math.ceil(seen.height / seen.row) + 2 * MARGIN);
  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * seen.row;
      // The sticky header covers one row.
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + 2 * seen.row > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + 2 * seen.row - element.clientHeight;
      }
    },
    [seen.row],
  );
  return { scroller, onScroll, first, last, above: first * seen.row, below: (count - last) * seen.row, reveal };
}
