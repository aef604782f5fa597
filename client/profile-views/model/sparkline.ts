/**
 * An SVG path through points at even distances, 0 at the bottom, the largest at the top. Fewer than two points draw nothing.
 *
 *     [0, 4, 2], 20 × 10     M0,10 L10,0 L20,5
 */
export function sparklinePath(points: readonly number[], width: number, height: number): string {
  if (points.length < 2) return '';
  const most = Math.max(...points, 0);
  const least = Math.min(...points, 0);
  const span = most - least || 1;
  const place = (value: number, at: number): string =>
    `${round((at / (points.length - 1)) * width)},${round(height - ((value - least) / span) * height)}`;
  return `M${points.map(place).join(' L')}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
