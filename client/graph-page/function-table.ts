import type { GraphPage } from '../../protocol/index.ts';
import { formatDelta, formatValue } from '../ui/format.ts';
import { element } from './elements.ts';
import { type FunctionRow, functionRows, isComparison } from './page-model.ts';
import { tableTitle } from './page-words.ts';

const MOST_ROWS = 100;

/** The same numbers without the picture. A name is a button that searches for it. */
export function functionTable(page: GraphPage, find: (name: string) => void): HTMLElement {
  const heads = isComparison(page)
    ? ['Function', 'Self before', 'Self after', 'Change', 'Total before', 'Total after']
    : ['Function', 'Self', 'Total'];
  const rows = functionRows(page, MOST_ROWS).map((row) => tableRow(page, row, find));
  return element(
    'table',
    {},
    element('caption', {}, tableTitle(page)),
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows),
  );
}

function tableRow(page: GraphPage, { name, self, total }: FunctionRow, find: (name: string) => void): HTMLElement {
  const [before = 0, after = 0] = self;
  const value = (number: number): string => formatValue(number, page.unit);
  const cells = isComparison(page)
    ? [value(before), value(after), formatDelta(after - before, page.unit), ...total.map(value)]
    : [value(before), ...total.map(value)];
  const button = element('button', { type: 'button' }, name);
  button.addEventListener('click', () => find(name));
  return element('tr', {}, element('th', { scope: 'row' }, button), ...cells.map((cell) => element('td', {}, cell)));
}
