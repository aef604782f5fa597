import type { Gate } from '../../../protocol/index.ts';
import { formatDigits } from './format-amount.ts';
import { type Line, type Style, span } from './line.ts';
import { fill, widthOf } from './plain-text.ts';

const MARKS = { true: ['✓', 'good'], false: ['✗', 'bad'], null: ['·', 'dim'] } as const satisfies Record<
  string,
  readonly [string, Style]
>;
/** For "Conservation of work", and for an exercise's own words where there is room. */
const TITLE_CELLS = { least: 20, most: 40 };
const NUMBER_CELLS = 30;
/** Less room than this says nothing. */
const WHY_CELLS = 24;

/** A line each: `✗ G4 Budget                1,284 / 1,100 objects/request   why, where there is room`. */
export function drawGates(gates: readonly Gate[], columns: number): Line[] {
  const titleCells = Math.max(TITLE_CELLS.least, Math.min(TITLE_CELLS.most, columns - NUMBER_CELLS - 9));
  return gates.map((gate) => {
    const [mark, style] = MARKS[`${gate.pass}`];
    const head = span(`${mark} ${gate.id} `, style);
    const seen = `${fill(gate.title, titleCells)}  ${fill(numbersOf(gate), NUMBER_CELLS)}  `;
    const room = columns - widthOf(head.text + seen);
    return room < WHY_CELLS ? [head, span(seen)] : [head, span(seen), span(gate.explain, 'dim')];
  });
}

/** `observed / limit unit`; a share in percent. */
function numbersOf({ observed, limit, unit }: Gate): string {
  if (observed === null) return '';
  const [factor, name] = unit === 'share' ? [100, '%'] : [1, unit];
  const allowed = limit === null ? '' : ` / ${formatDigits(limit * factor)}`;
  return `${formatDigits(observed * factor)}${allowed} ${name}`;
}
