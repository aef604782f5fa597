import { useMemo, useState } from 'react';
import type { FlameGraph } from '../../protocol/index.ts';
import type { FlameGraphProps } from './flame-graph-props.ts';
import type { FlameOptions } from './model/flame-options.ts';
import { PLAIN_WORDS, pictureOf, type WidthScale } from './model/picture.ts';
import { shapeGraph } from './model/shape-graph.ts';
import { useCoalesced } from './use-coalesced.ts';

/** At most ten pictures a second, however fast graphs arrive. */
const PICTURE_MILLIS = 100;
export const NO_OWN: readonly string[] = [];

/** The picture of the graphs that came in, as the options want it. `commonScale`: null when there is nothing to share a scale with. */
export function usePicture(props: FlameGraphProps, options: FlameOptions, search: string) {
  const { mode = 'after', per = 'request', own = NO_OWN, notes = null, numbers = true } = props;
  const { before: beforeName, after: afterName } = props.sides ?? PLAIN_WORDS.sides;
  const [scale, setScale] = useState<WidthScale>('common');
  const word = options.onlyFound ? search : '';
  const incoming = useCoalesced(props.graph, PICTURE_MILLIS);
  const incomingBefore = useCoalesced(props.before ?? null, PICTURE_MILLIS);
  const [graph, before] = useMemo(() => {
    const shaped = (from: FlameGraph | null) =>
      from === null ? null : shapeGraph(from, { options, search: word, own });
    return [shaped(incoming), shaped(incomingBefore)];
  }, [incoming, incomingBefore, options, word, own]);
  const drawn = useMemo(
    () => pictureOf({ graph, before, mode, per, scale, own }),
    [graph, before, mode, per, scale, own],
  );
  const picture = useMemo(() => {
    return { ...drawn, notes, numbers, sides: { before: beforeName, after: afterName } };
  }, [drawn, notes, numbers, beforeName, afterName]);
  return {
    picture,
    commonScale: before === null || mode === 'difference' ? null : scale === 'common',
    toggleScale: () => setScale(scale === 'common' ? 'fit' : 'common'),
  };
}
