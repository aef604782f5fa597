import { formatShare } from '../ui/index.ts';
import type { FlameOptions } from './model/flame-options.ts';
import { FAMILIES, FAMILY_TITLES, type FunctionFamily } from './model/package-family.ts';
import type { Picture } from './model/picture.ts';
import { DIFF_BOUNDS } from './model/tint.ts';

export interface FlameLegendProps {
  /** What the two graphs of a difference are called; null: there is only one graph. */
  readonly difference: Picture['sides'] | null;
  /** Some frames are a label's values: no switch takes them away. */
  readonly labels: boolean;
  readonly options: FlameOptions;
  readonly onFamily: (family: FunctionFamily) => void;
}

/** What the colours mean; each family is a switch. The difference's scale says its bounds in numbers with sign. */
export function FlameLegend({ difference, labels, options, onFamily }: FlameLegendProps) {
  if (difference !== null) {
    const most = formatShare(DIFF_BOUNDS[2]);
    return (
      <p className="flame-legend">
        <span className="flame-legend-less">−{most} or less</span>
        <span className="flame-swatch" data-wide="" data-of="difference" aria-hidden="true" />
        <span className="flame-legend-more">+{most} or more</span>
        <span className="flame-legend-note">
          Change in % of {totalOf(difference.before)} · width: {difference.before} and {difference.after} together
        </span>
      </p>
    );
  }
  const does = options.offAs === 'faded' ? 'fade' : 'leave out';
  return (
    <fieldset className="flame-legend">
      <legend className="visually-hidden">Packages that are shown</legend>
      {labels && (
        <span>
          <span className="flame-swatch" data-of="label" aria-hidden="true" />
          {FAMILY_TITLES.label}
        </span>
      )}
      {FAMILIES.map((family) => {
        const shown = !options.off.includes(family);
        return (
          <button
            key={family}
            type="button"
            aria-pressed={shown}
            title={shown ? `Shown: press to ${does}` : 'Switched off: press to show'}
            onClick={() => onFamily(family)}
          >
            <span className="flame-swatch" data-of={family} aria-hidden="true" />
            {FAMILY_TITLES[family]}
          </button>
        );
      })}
    </fieldset>
  );
}

/** What a change is a share of, by the first side's name: "the total before", "A’s total". */
export const totalOf = (before: string): string => (before === 'before' ? 'the total before' : `${before}’s total`);
