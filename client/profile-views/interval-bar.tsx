import type { TopRow } from '../../protocol/index.ts';
import { formatRange } from './model/format-range.ts';

const WIDTH = 96;
const HEIGHT = 14;

/** A function's flat value as a bar, its 95 % interval as a whisker over it; the same in text beside it. */
export function IntervalBar({
  row,
  most,
  unit,
}: {
  readonly row: TopRow;
  readonly most: number;
  readonly unit: string;
}) {
  const { flat, flatLow, flatHigh } = row;
  const at = (value: number) => 1 + (most > 0 ? (Math.max(0, value) / most) * (WIDTH - 2) : 0);
  const middle = HEIGHT / 2;
  return (
    <>
      <svg className="interval-bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <rect className="interval-value" x={0} y={3} width={at(flat)} height={HEIGHT - 6} rx={1.5} />
        {flatLow !== null && flatHigh !== null && (
          <path
            className="interval-whisker"
            d={`M${at(flatLow)},${middle} H${at(flatHigh)} M${at(flatLow)},3 V${HEIGHT - 3} M${at(flatHigh)},3 V${HEIGHT - 3}`}
          />
        )}
      </svg>
      <span className="interval-text">
        {flatLow === null || flatHigh === null ? '–' : formatRange(flatLow, flatHigh, unit)}
      </span>
    </>
  );
}
