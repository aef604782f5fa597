import type { TimeSpan } from './brush-geometry.ts';
import type { TimeMark } from './metric-strip-props.ts';
import type { Point } from './strip-geometry.ts';

export interface TimelineRow {
  readonly id: string;
  readonly title: string;
  /** [start of the step, value], ascending; no point where nothing was measured. */
  readonly points: readonly Point[];
  readonly marks: readonly TimeMark[];
  /** The one that is looked at; with one of them chosen, the others step back. */
  readonly chosen: boolean;
  readonly quiet: boolean;
}

export type BrushSide = 'a' | 'b';

export interface BrushTimelineProps {
  readonly label: string;
  readonly rows: readonly TimelineRow[];
  readonly axis: TimeSpan;
  readonly stepMillis: number;
  /** A unit that formatValue knows. */
  readonly unit: string;
  /** The chosen windows; `b` is that of a comparison. */
  readonly a: TimeSpan | null;
  readonly b: TimeSpan | null;
  /** What a plain drag chooses; a drag with Shift always chooses b. */
  readonly drags: BrushSide;
  readonly onBrush: (side: BrushSide, span: TimeSpan) => void;
  /** A column was clicked: the moment that was pointed at, in that column. */
  readonly onPoint: (row: string, column: TimeSpan, near: number) => void;
  /** The name of a row was pressed. */
  readonly onRow: (row: string) => void;
  /** Everything on the axis is wanted again. */
  readonly onWhole: () => void;
}
