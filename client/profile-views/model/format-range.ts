import { formatValue, NO_BREAK_SPACE } from '../../ui/format.ts';

/** Both ends of an interval, the unit once if they share it or one is 0: "1.21–1.43 s", "980 ms–1.1 s", "0–70 ms", "−3 ms to 1 ms". */
export function formatRange(low: number, high: number, unit: string): string {
  const [from, to] = [formatValue(low, unit), formatValue(high, unit)];
  if (low < 0) return `${from} to ${to}`;
  const [fromDigits = '', fromUnit] = from.split(NO_BREAK_SPACE);
  return low === 0 || fromUnit === to.split(NO_BREAK_SPACE)[1] ? `${fromDigits}–${to}` : `${from}–${to}`;
}
