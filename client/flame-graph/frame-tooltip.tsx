import { createPortal } from 'react-dom';
import { capital, formatCount, formatDelta, formatShareOf, formatValue } from '../ui/index.ts';
import { totalOf } from './flame-legend.tsx';
import { changeShare } from './model/diff-graphs.ts';
import { everywhereOf } from './model/everywhere.ts';
import type { FrameDetails, Picture } from './model/picture.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface FrameTooltipProps {
  readonly details: FrameDetails;
  readonly picture: Picture;
  /** In pixels of the window. */
  readonly at: Point;
}

const ROOM = { width: 340, height: 210 };

/**
 * Beside the pointer, on whichever side of the window has room: a flat picture has none above or below the pointer itself. The
 * same text is in the live region and the table: hidden from readers.
 */
export function FrameTooltip({ details, picture, at }: FrameTooltipProps) {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const facts = factsOf(details, picture);
  const left = at.x + ROOM.width + 24 > width;
  const above = at.y + ROOM.height + 24 > height;
  const place = {
    ...(left ? { right: Math.max(4, width - at.x + 12) } : { left: at.x + 14 }),
    ...(above ? { bottom: Math.max(4, height - at.y + 12) } : { top: at.y + 16 }),
  };
  return createPortal(
    <div className="flame-tooltip" style={place} aria-hidden="true">
      <p className="flame-tooltip-name">{details.name}</p>
      {details.file !== '' && (
        <p className="flame-tooltip-file">
          {details.file}:{details.line}
        </p>
      )}
      {facts.length > 0 && (
        <dl>
          {facts.map(([title, value]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>,
    document.body,
  );
}

/** What is said about a frame, title by title, in the order of what is asked first; nothing while numbers are hidden. */
export function factsOf(details: FrameDetails, picture: Picture): [string, string][] {
  const { unit, per, difference, notes, sides } = picture;
  if (!picture.numbers) return [];
  const noted = notes?.get(details.key);
  const note: [string, string][] = noted === undefined ? [] : [[...noted]];
  if (details.change !== null && difference !== null) {
    const { before, after, delta } = details.change;
    const each = per === 'total' ? '' : ` per ${per}`;
    return [
      [`${capital(sides.before)}${each}`, formatValue(before, unit)],
      [`${capital(sides.after)}${each}`, formatValue(after, unit)],
      ['Change', formatDelta(delta, unit)],
      [`Of ${totalOf(sides.before)}`, formatDelta(changeShare(difference, details.node), 'share')],
      ...note,
    ];
  }
  const facts: [string, string][] = [
    ['Total', `${formatValue(details.total, unit)} · ${formatShareOf(details.total, picture.whole)}`],
    ['Self', formatValue(details.self, unit)],
  ];
  if (details.ofCaller !== null) facts.push(['Of its caller', formatShareOf(details.ofCaller, 1)]);
  const { places, total } = everywhereOf(picture, details.node);
  if (places > 1)
    facts.push([
      `In ${formatCount(places)} places`,
      `${formatValue(total, unit)} · ${formatShareOf(total, picture.whole)}`,
    ]);
  if (details.perRequest !== null) facts.push(['Per request', formatValue(details.perRequest, unit)]);
  if (details.perSecond !== null) facts.push(['Per second', formatValue(details.perSecond, unit)]);
  return [...facts, ...note];
}
