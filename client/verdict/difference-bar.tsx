import type { Difference } from '../../protocol/index.ts';
import { formatShare } from '../ui/index.ts';
import { formatGateValue } from './gate-row.tsx';

/** The scale reaches from nothing to one and a half times the baseline. */
const SCALE = 1.5;
const place = (ratio: number) => `${(Math.min(Math.max(ratio, 0), SCALE) / SCALE) * 100}`;

/** Candidate against baseline per request, on a scale where 1 is "no difference", with the 95 % interval. */
export function DifferenceBar({ difference }: { readonly difference: Difference }) {
  const { baseline, candidate, ratio, low, high, unit } = difference;
  const sure = low > 1 || high < 1;
  return (
    <section className="difference" aria-label="Difference">
      <p>
        <span>{formatGateValue(baseline, unit)}</span> → <strong>{formatGateValue(candidate, unit)}</strong>
      </p>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className="difference-scale">
        <line x1="0" x2="100" y1="5" y2="5" className="difference-axis" />
        <line x1={place(1)} x2={place(1)} y1="0" y2="10" className="difference-one" />
        <line x1={place(low)} x2={place(high)} y1="5" y2="5" className="difference-interval" />
        <line x1={place(ratio)} x2={place(ratio)} y1="1" y2="9" className="difference-ratio" />
      </svg>
      <p className="difference-words">
        <strong>{formatShare(ratio)}</strong> of before, 95 % interval {formatShare(low)} to {formatShare(high)}
        {sure ? '' : ': it includes “no difference”'}
      </p>
    </section>
  );
}
