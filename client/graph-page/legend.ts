import { FAMILY_TITLES, type PackageFamily } from '../flame-graph/model/package-family.ts';
import { element } from './elements.ts';
import type { Shown } from './page-model.ts';

const FAMILIES: readonly PackageFamily[] = ['own', 'module', 'std', 'runtime'];

/** What the colours mean. */
export function legendOf(shown: Shown): Node[] {
  const swatch = (of: string): Node => element('span', { class: 'swatch', 'data-of': of, 'aria-hidden': 'true' });
  if (shown === 'difference')
    return [element('span', {}, 'less', swatch('difference'), 'more; as wide as the larger of before and after')];
  return FAMILIES.map((family) => element('span', {}, swatch(family), FAMILY_TITLES[family]));
}
