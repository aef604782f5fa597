import type { LabelBreakdown, SeriesTable } from '../../protocol/index.ts';
import { JsonNumbers } from '../profile/wide-sums.ts';

/** More values of a label are counted, not listed. */
const MOST_VALUES = 100;

/** `x,y` → x and y. */
export type ValuesTogether = ReadonlyMap<string, readonly string[]>;

/**
 * Shares of each label's values in sums by all labels at once. A label that no series has is left out. `together`: for each label, the
 * values that samples have at once, which a series names as one text.
 *
 *     {service: a, tenant: x} 6       service  a 6, b 3
 *     {service: b, tenant: ''} 3      tenant   x 6, '' 3
 */
export function breakDown(
  { unit, series, saturated }: SeriesTable,
  names: readonly string[],
  together: ReadonlyMap<string, ValuesTogether>,
): LabelBreakdown {
  const sums = series.map(({ labels, points }) => ({
    labels,
    amount: points.reduce((sum, [, value]) => sum + value, 0),
  }));
  const numbers = new JsonNumbers();
  const total = numbers.of(sums.reduce((sum, { amount }) => sum + amount, 0));
  const labels = names.flatMap((name) => {
    const amounts = new Map<string, number>();
    for (const { labels: of, amount } of sums) {
      const value = of[name] ?? '';
      amounts.set(value, (amounts.get(value) ?? 0) + amount);
    }
    if ([...amounts.keys()].every((value) => value === '')) return [];
    const all = [...amounts].map(([value, amount]) => ({ value, amount }));
    all.sort((a, b) => b.amount - a.amount || (a.value < b.value ? -1 : 1));
    const cut = all.slice(MOST_VALUES);
    const rest = { values: cut.length, amount: numbers.of(cut.reduce((sum, { amount }) => sum + amount, 0)) };
    const values = all.slice(0, MOST_VALUES).map(({ value, amount }) => {
      const several = together.get(name)?.get(value);
      return { value, amount: numbers.of(amount), ...(several ? { all: [...several] } : {}) };
    });
    return [{ name, values, rest }];
  });
  return { unit, total, labels, ...(saturated || numbers.saturated ? { saturated: true } : {}) };
}
