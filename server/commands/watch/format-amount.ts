type Steps = readonly (readonly [factor: number, unit: string])[];

const STEPS: Readonly<Record<string, Steps>> = {
  nanoseconds: [
    [1e9, ' s'],
    [1e6, ' ms'],
    [1e3, ' µs'],
    [1, ' ns'],
  ],
  bytes: [
    [2 ** 30, ' GiB'],
    [2 ** 20, ' MiB'],
    [2 ** 10, ' KiB'],
    [1, ' B'],
  ],
};
const COUNT: Steps = [
  [1e9, ' G'],
  [1e6, ' M'],
  [1e3, ' k'],
  [1, ''],
];

/** A profile's value in the fewest digits that tell: `1.23 s`, `22.7 KiB`, `1.2 k`. */
export function formatAmount(value: number, unit: string): string {
  const steps = STEPS[unit] ?? COUNT;
  const [factor, name] = steps.find(([size]) => Math.abs(value) >= size * 0.999_5) ?? steps.at(-1) ?? [1, ''];
  return formatDigits(value / factor) + name;
}

/** Three significant digits, no needless zeros: 1.23, 12.3, 123, 1,234. */
export function formatDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3).replace(/\.?0+$/, '');
}

/** Of a whole, without decimals: `41%`, `<1%`. */
export function formatPercent(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 0.5 ? '<1%' : `${Math.round(percent)}%`;
}
