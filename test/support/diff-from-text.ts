import { diffGraphs } from '../../client/flame-graph/model/diff-graphs.ts';
import { type DiffGraph, TOO_FEW_WINDOWS } from '../../protocol/index.ts';
import { flameGraphFromText } from './flame-graph-from-text.ts';

/** The difference of two single profiles, drawn as flameGraphFromText has them; as it is, so without intervals. */
export function diffFromText(a: string, b: string): DiffGraph {
  const [before, after] = [flameGraphFromText(a), flameGraphFromText(b)];
  const joined = diffGraphs(before, after, 'total');
  return {
    unit: joined.unit,
    per: 'total',
    a: { total: before.total, window: before.window },
    b: { total: after.total, window: after.window },
    frames: [...joined.names.frames],
    nodes: {
      parent: [...joined.parent],
      frame: [...joined.nameOf],
      aTotal: [...joined.before],
      aSelf: [...joined.beforeSelf],
      bTotal: [...joined.after],
      bSelf: [...joined.afterSelf],
    },
    trimmed: { nodes: 0, a: 0, b: 0 },
    whole: { difference: after.total - before.total, interval: TOO_FEW_WINDOWS, changed: null },
    largest: TOO_FEW_WINDOWS,
  };
}
