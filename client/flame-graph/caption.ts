import { formatCount, formatDelta, formatValue } from '../ui/index.ts';
import type { Picture } from './model/picture.ts';

/** JSON numbers are exact up to there; a pprof has every bit. */
export const SATURATED_WORDS = 'numbers beyond 2^53 are shown as 2^53; export the pprof for exact ones';

/** What a saved picture says about itself: "1.2 s of 3.4 s · 61 µs per request · 1,234 frames". */
export function captionOf(picture: Picture): string {
  const frames = `${formatCount(picture.layout.count)} frames`;
  if (!picture.numbers) return frames;
  return [...valuesOf(picture), frames, ...(picture.saturated ? [SATURATED_WORDS] : [])].join(' · ');
}

function valuesOf({ total, whole, unit, per, requests, difference }: Picture): readonly string[] {
  if (difference !== null) {
    const [before = 0, after = 0] = [difference.before[0], difference.after[0]];
    const each = per === 'total' ? '' : ` per ${per}`;
    return [`${formatValue(before, unit)} → ${formatValue(after, unit)}${each}`];
  }
  const shown = total[0] ?? 0;
  const value =
    shown === whole ? formatValue(whole, unit) : `${formatValue(shown, unit)} of ${formatValue(whole, unit)}`;
  return requests === null ? [value] : [value, `${formatValue(shown / requests, unit)} per request`];
}

/** What stands beside a root that is narrower than the other graph's: "−251 µs per request against before". */
export function spareWords({ against, per, unit, sides, numbers }: Picture): string {
  if (!numbers || against === null || against.delta >= 0) return '';
  return `${formatDelta(against.delta, unit)}${per === 'total' ? '' : ` per ${per}`} against ${sides[against.side]}`;
}
