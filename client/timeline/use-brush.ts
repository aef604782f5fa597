import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { columnsBetween, type TimeSpan, timeAt } from './brush-geometry.ts';
import type { BrushSide, BrushTimelineProps, TimelineRow } from './brush-timeline-props.ts';
import { pointNear } from './strip-geometry.ts';

/** A window that is being chosen; the axis stands still meanwhile, however live it is. */
export interface Draft {
  readonly side: BrushSide;
  readonly span: TimeSpan;
  readonly anchor: number;
  readonly axis: TimeSpan;
}

/** Where the keyboard or the pointer reads. */
export interface Cursor {
  readonly time: number;
  readonly row: number;
}

/** A pointer that is down; once it has dragged it has no click in it any more. */
interface Press extends Cursor {
  readonly x: number;
  readonly axis: TimeSpan;
  readonly side: BrushSide;
  readonly dragged: boolean;
}

/** A pointer that moved less has clicked. */
const CLICK_PIXELS = 4;

/**
 * Choosing by pointer and by keys:
 *
 *     drag              a window (Shift: the second one)       ← → PageUp PageDown Home End   move the cursor
 *     click             the profile there                      with Shift                     choose a window, until Shift is let go
 *                                                              ↑ ↓ row, Enter profile, Escape everything
 */
export function useBrush(props: BrushTimelineProps) {
  const { rows, stepMillis, drags, onBrush, onPoint, onWhole } = props;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const press = useRef<Press | null>(null);
  const axis = draft?.axis ?? props.axis;

  const commit = (done: Draft) => {
    setDraft(null);
    onBrush(done.side, done.span);
  };
  const choose = (row: TimelineRow | undefined, time: number) => {
    const near = row && pointNear(row.points, time - stepMillis / 2);
    if (row && near && Math.abs(near[0] + stepMillis / 2 - time) <= stepMillis * 8) {
      onPoint(row.id, { from: near[0], to: near[0] + stepMillis }, time);
    }
  };
  const placeOfPointer = (event: PointerEvent<HTMLElement>, on: TimeSpan): Cursor => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / Math.max(1, box.height)) * rows.length);
    const time = timeAt((event.clientX - box.left) / Math.max(1, box.width), on);
    return { time, row: Math.min(rows.length - 1, Math.max(0, row)) };
  };
  // What was dragged is told from the events alone: a release can come before the page has drawn the move before it.
  const drag = (from: Press, event: PointerEvent<HTMLElement>): Draft | null => {
    if (!from.dragged && Math.abs(event.clientX - from.x) < CLICK_PIXELS) return null;
    const { time } = placeOfPointer(event, from.axis);
    const span = columnsBetween(from.time, time, stepMillis, from.axis);
    return { side: from.side, span, anchor: from.time, axis: from.axis };
  };
  const pointer = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const side = event.shiftKey ? 'b' : drags;
      press.current = { ...placeOfPointer(event, axis), x: event.clientX, axis, side, dragged: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const from = press.current;
      setCursor(placeOfPointer(event, from?.axis ?? axis));
      const dragging = from && drag(from, event);
      if (!dragging) return;
      press.current = { ...from, dragged: true };
      setDraft(dragging);
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const from = press.current;
      press.current = null;
      if (!from) return;
      const done = drag(from, event);
      if (done) commit(done);
      else choose(rows[from.row], from.time);
    },
    onPointerCancel() {
      press.current = null;
      setDraft(null);
    },
    onPointerLeave: () => press.current === null && setCursor(null),
  };

  const keys = {
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const last = lastColumn(props.a, axis, stepMillis);
      const at = cursor ?? {
        time: last,
        row: Math.max(
          0,
          rows.findIndex((row) => row.chosen),
        ),
      };
      const time = movedTime(event.key, at.time, stepMillis, axis);
      if (time !== undefined) {
        setCursor({ ...at, time });
        if (event.shiftKey) {
          const anchor = draft?.anchor ?? at.time;
          const span = columnsBetween(anchor, time, stepMillis, axis);
          setDraft({ side: draft?.side ?? drags, span, anchor, axis });
        }
      } else if (event.key === 'ArrowUp') setCursor({ ...at, row: Math.max(0, at.row - 1) });
      else if (event.key === 'ArrowDown') setCursor({ ...at, row: Math.min(rows.length - 1, at.row + 1) });
      else if (event.key === 'Enter' && draft) commit(draft);
      else if (event.key === 'Enter') choose(rows[at.row], at.time + stepMillis / 2);
      else if (event.key === 'Escape' && draft) setDraft(null);
      else if (event.key === 'Escape') onWhole();
      else return;
      event.preventDefault();
    },
    onKeyUp(event: KeyboardEvent<HTMLElement>) {
      if (event.key === 'Shift' && draft && press.current === null) commit(draft);
    },
    onBlur() {
      setCursor(null);
      if (draft && press.current === null) commit(draft);
    },
  };
  return { axis, draft, cursor, handlers: { ...pointer, ...keys } };
}

/** Where the keyboard starts: the last column of the chosen window, on the axis. */
function lastColumn(window: TimeSpan | null, axis: TimeSpan, step: number): number {
  const end = Math.min(axis.to, Math.max(axis.from + step, window?.to ?? axis.to));
  return Math.floor((end - 1) / step) * step;
}

function movedTime(key: string, time: number, step: number, axis: TimeSpan): number | undefined {
  const first = Math.ceil(axis.from / step) * step;
  const last = Math.floor((axis.to - 1) / step) * step;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: time - step,
    ArrowRight: time + step,
    PageUp: time - 10 * step,
    PageDown: time + 10 * step,
    Home: first,
    End: last,
  };
  const next = moves[key];
  return next === undefined ? undefined : Math.min(last, Math.max(first, next));
}
