import './brush-timeline.css';
import { useState } from 'react';
import { formatMillis, formatMoment, formatValue } from '../ui/index.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { columnsPath, placeOf, type TimeSpan, timeTicks } from './brush-geometry.ts';
import type { BrushSide, BrushTimelineProps, TimelineRow } from './brush-timeline-props.ts';
import { pointNear, topOf } from './strip-geometry.ts';
import { type Cursor, type Draft, useBrush } from './use-brush.ts';

const MOST_TICKS = { wide: 8, narrow: 3 };
/** More rows than this scroll, so that the graph below stays in sight. */
const MANY_ROWS = 8;
/** A time that starts further right, in percent, would be cut. */
const LAST_TICK = 94;

/** Rows of columns over one time axis, on which windows and single columns are chosen. See brush-timeline-props.ts. */
export function BrushTimeline(props: BrushTimelineProps) {
  const { rows, stepMillis, a, b, label, onRow } = props;
  const { axis, draft, cursor, handlers } = useBrush(props);
  const [focused, setFocused] = useState(false);
  const band = (side: BrushSide) => (draft?.side === side ? draft.span : side === 'a' ? a : b);
  const reading = cursor === null ? '' : readingAt(cursor, props);
  return (
    <section className="brush-timeline" data-many={rows.length > MANY_ROWS} aria-label={label}>
      <div className="brush-timeline-names">
        {rows.map((row) => (
          <button
            key={row.id}
            type="button"
            aria-pressed={row.chosen}
            data-quiet={row.quiet}
            title={row.chosen ? `Show all again` : `Only ${row.title}`}
            onClick={() => onRow(row.id)}
          >
            <span className="brush-timeline-name">{row.title}</span>
            <span className="brush-timeline-most">{mostOf(row, axis, props)}</span>
          </button>
        ))}
      </div>
      <div
        className="brush-timeline-plots"
        role="application"
        aria-roledescription="timeline"
        aria-label={`${label}. Arrow keys read it, with Shift they choose a window, Enter shows the profile, Escape everything.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application widget takes the focus for its own keys
        tabIndex={0}
        {...handlers}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          handlers.onBlur();
        }}
      >
        {rows.map((row, index) => (
          <PlotRow key={row.id} row={row} axis={axis} stepMillis={stepMillis} read={cursor?.row === index} />
        ))}
        {b !== null || draft?.side === 'b' ? <Band span={band('b')} axis={axis} side="b" named /> : null}
        <Band span={band('a')} axis={axis} side="a" named={b !== null} />
        {cursor !== null && <CursorLine cursor={cursor} axis={axis} text={reading} />}
      </div>
      <Axis axis={axis} />
      <output className="visually-hidden" aria-live="polite">
        {focused ? spoken(draft, reading) : ''}
      </output>
    </section>
  );
}

interface PlotRowProps {
  readonly row: TimelineRow;
  readonly axis: TimeSpan;
  readonly stepMillis: number;
  readonly read: boolean;
}

function PlotRow({ row, axis, stepMillis, read }: PlotRowProps) {
  const top = topOf([{ side: 'after', points: row.points }]);
  return (
    <div className="brush-timeline-row" data-row={row.id} data-quiet={row.quiet} data-read={read}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path d={columnsPath(row.points, axis, stepMillis, top)} />
      </svg>
      {row.marks.map((mark) => {
        const place = placeOf({ from: mark.atMillis, to: mark.atMillis }, axis);
        if (place === null) return null;
        const title = `${clock(mark.atMillis)} ${mark.label}`;
        return (
          <i
            key={title}
            className="brush-timeline-mark"
            data-look={mark.look}
            style={{ left: `${place.left}%` }}
            title={title}
          >
            <span className="visually-hidden">{title}</span>
          </i>
        );
      })}
    </div>
  );
}

interface BandProps {
  readonly span: TimeSpan | null;
  readonly axis: TimeSpan;
  readonly side: BrushSide;
  readonly named: boolean;
}

function Band({ span, axis, side, named }: BandProps) {
  const place = span && placeOf(span, axis);
  if (!place) return null;
  return (
    <div
      className="brush-timeline-band"
      data-side={side}
      data-from={span.from}
      data-to={span.to}
      style={{ left: `${place.left}%`, width: `${place.width}%` }}
    >
      {named && <b>{side.toUpperCase()}</b>}
    </div>
  );
}

function CursorLine({ cursor, axis, text }: { cursor: Cursor; axis: TimeSpan; text: string }) {
  const place = placeOf({ from: cursor.time, to: cursor.time }, axis);
  if (place === null) return null;
  return (
    <div
      className="brush-timeline-cursor"
      data-end={place.left > 60}
      style={{ left: `${place.left}%` }}
      aria-hidden="true"
    >
      <span>{text}</span>
    </div>
  );
}

function Axis({ axis }: { readonly axis: TimeSpan }) {
  const narrow = useMediaQuery('(max-width: 860px)');
  const ticks = timeTicks(axis, narrow ? MOST_TICKS.narrow : MOST_TICKS.wide).map((tick) => ({
    ...tick,
    left: placeOf({ from: tick.atMillis, to: tick.atMillis }, axis)?.left ?? 0,
  }));
  return (
    <div className="brush-timeline-axis" aria-hidden="true">
      {ticks
        .filter(({ left }) => left < LAST_TICK)
        .map(({ atMillis, label, left }) => (
          <span key={atMillis} className="brush-timeline-tick" style={{ left: `${left}%` }}>
            {label}
          </span>
        ))}
    </div>
  );
}

type Scale = Pick<BrushTimelineProps, 'stepMillis' | 'unit'>;

/** A column that begins before the axis is in sight, too. */
function mostOf({ points }: TimelineRow, axis: TimeSpan, { stepMillis, unit }: Scale): string {
  const values = points.filter(([time]) => time + stepMillis > axis.from && time < axis.to).map(([, value]) => value);
  if (values.length === 0) return 'not profiled';
  const most = Math.max(...values);
  return most === 0 ? 'idle' : `≤ ${formatValue(most, unit)}`;
}

function readingAt({ time, row }: Cursor, { rows, stepMillis, unit }: BrushTimelineProps): string {
  const read = rows[row];
  if (read === undefined) return clock(time);
  const point = pointNear(read.points, time - stepMillis / 2);
  const here = point && time >= point[0] - stepMillis && time < point[0] + 2 * stepMillis;
  const deploy = read.marks.find(({ atMillis }) => Math.abs(atMillis - time) <= stepMillis);
  const value = here ? formatValue(point[1], unit) : 'not profiled';
  return `${clock(time)} · ${read.title} ${value}${deploy ? ` · ${deploy.label}` : ''}`;
}

function spoken(draft: Draft | null, reading: string): string {
  if (draft === null) return reading;
  const { from, to } = draft.span;
  const which = draft.side === 'b' ? 'Second window' : 'Window';
  return `${which} ${clock(from)} to ${clock(to)}, ${formatMillis(to - from)}`;
}

const clock = (unixMillis: number): string => formatMoment(unixMillis, Date.now());
