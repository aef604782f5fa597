import type { TopTable } from '../../../protocol/index.ts';
import { formatAmount, formatPercent } from './format-amount.ts';
import { type Line, span } from './line.ts';
import { fill } from './plain-text.ts';

/**
 * As `go tool pprof -top` has it; the share is that of flat.
 *
 *           flat       cum  share  function
 *         1.2 s     1.4 s    41%  main.validateQuery
 */
export function drawTop({ rows, total, unit }: TopTable): Line[] {
  const head = span(`${fill('flat', 10, 'end')}${fill('cum', 10, 'end')}${fill('share', 7, 'end')}  function`, 'dim');
  const lines = rows.map((row): Line => {
    const amounts = [row.flat, row.cum].map((value) => fill(formatAmount(value, unit), 10, 'end'));
    const share = fill(total > 0 ? formatPercent(row.flat, total) : '–', 7, 'end');
    return [span(`${amounts.join('')}${share}  `), span(row.name, row.name.startsWith('main.') ? 'own' : 'plain')];
  });
  return [[head], ...lines];
}
