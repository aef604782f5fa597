import type { FlameGraph } from '../../../protocol/index.ts';
import { formatPercent } from './format-amount.ts';
import { type Line, type Span, span } from './line.ts';
import { cut, fill, plainText, widthOf } from './plain-text.ts';
import { type Caller, stacksFromMain } from './stacks-from-main.ts';

/** Cells from `from` up to `to`; without a frame: neighbours that are too narrow for a name. */
interface Box {
  readonly from: number;
  readonly to: number;
  readonly frame: Caller | null;
}

/** `[a 5%]` */
const NARROWEST = 6;

/**
 * A row for each depth, main on top; a frame is as wide as its share of the whole, and what is too narrow is joined.
 *
 *     main;work;sort 60         [main 100%                             ]
 *     main;work 10              [work 70%                  ][read 25%]…
 *     main;read 25              [sort 60%              ]
 *     main;log 3
 *     main;poll 2
 */
export function drawFlame(graph: FlameGraph, width: number): Line[] {
  const rows: Box[][] = [];
  if (graph.total > 0) layOut(stacksFromMain(graph), { depth: 0, from: 0, cells: width / graph.total }, rows);
  return rows.map((boxes) => drawRow(boxes, graph.total));
}

/** `from` in the profile's unit; `cells` for each of it. */
function layOut(
  callers: readonly Caller[],
  place: { depth: number; from: number; cells: number },
  rows: Box[][],
): void {
  let { from } = place;
  for (const frame of callers) {
    const [left, right] = [Math.round(from * place.cells), Math.round((from + frame.total) * place.cells)];
    rows[place.depth] ??= [];
    const row = rows[place.depth] ?? [];
    if (right - left >= NARROWEST) {
      row.push({ from: left, to: right, frame });
      layOut(frame.callees, { ...place, depth: place.depth + 1, from }, rows);
    } else if (right > left) {
      const last = row.at(-1);
      const joins = last?.frame === null && last.to === left;
      if (joins) row.pop();
      row.push({ from: joins ? last.from : left, to: right, frame: null });
    }
    from += frame.total;
  }
}

function drawRow(boxes: readonly Box[], total: number): Line {
  let at = 0;
  return boxes.flatMap((box): Span[] => {
    const gap = span(' '.repeat(box.from - at));
    at = box.to;
    return [gap, drawBox(box, total)];
  });
}

function drawBox({ from, to, frame }: Box, total: number): Span {
  if (frame === null) return span(fill('…', to - from), 'dim');
  const room = to - from - 2;
  const share = ` ${formatPercent(frame.total, total)}`;
  const forName = room - widthOf(share);
  const label = forName < 1 ? cut(shortName(frame.name), room) : cut(shortName(frame.name), forName) + share;
  return span(`[${fill(label, room)}]`, frame.package === 'main' ? 'own' : 'plain');
}

/** Without the path of its package: `net/http.(*conn).serve` → `http.(*conn).serve`. */
function shortName(name: string): string {
  const [path = ''] = plainText(name).split(/[([]/, 1);
  return plainText(name).slice(path.lastIndexOf('/') + 1);
}
