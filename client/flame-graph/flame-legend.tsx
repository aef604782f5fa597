import { formatShare } from '../ui/index.ts';
import { FAMILY_TITLES, type PackageFamily } from './model/package-family.ts';
import { DIFF_BOUNDS } from './model/tint.ts';

const FAMILIES: readonly PackageFamily[] = ['own', 'module', 'std', 'runtime'];

/** What the colours mean; the difference's scale says its bounds in numbers with sign. */
export function FlameLegend({ difference }: { readonly difference: boolean }) {
  if (difference) {
    const most = formatShare(DIFF_BOUNDS[2]);
    return (
      <p className="flame-legend">
        <span className="flame-legend-less">−{most} or less</span>
        <span className="flame-swatch" data-wide="" data-of="difference" aria-hidden="true" />
        <span className="flame-legend-more">+{most} or more</span>
        <span className="flame-legend-note">Width: before and after together</span>
      </p>
    );
  }
  return (
    <p className="flame-legend">
      {FAMILIES.map((family) => (
        <span key={family}>
          <span className="flame-swatch" data-of={family} aria-hidden="true" />
          {FAMILY_TITLES[family]}
        </span>
      ))}
    </p>
  );
}
