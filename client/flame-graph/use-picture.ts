import { useMemo, useState } from 'react';
import type { FlameGraphProps } from './flame-graph-props.ts';
import { pictureOf, type WidthScale } from './model/picture.ts';
import { useCoalesced } from './use-coalesced.ts';

/** At most ten pictures a second, however fast graphs arrive. */
const PICTURE_MILLIS = 100;
const NO_OWN: readonly string[] = [];

/** The picture of the graphs that came in. `commonScale`: null when there is nothing to share a scale with. */
export function usePicture(props: FlameGraphProps) {
  const { mode = 'after', per = 'request', own = NO_OWN } = props;
  const graph = useCoalesced(props.graph, PICTURE_MILLIS);
  const before = useCoalesced(props.before ?? null, PICTURE_MILLIS);
  const [scale, setScale] = useState<WidthScale>('common');
  const picture = useMemo(
    () => pictureOf({ graph, before, mode, per, scale, own }),
    [graph, before, mode, per, scale, own],
  );
  return {
    picture,
    commonScale: before === null || mode === 'difference' ? null : scale === 'common',
    toggleScale: () => setScale(scale === 'common' ? 'fit' : 'common'),
  };
}
