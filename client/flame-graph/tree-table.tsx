import type { FlameGraph as FlameGraphData } from '../../protocol/index.ts';
import type { ChosenFrame } from './flame-graph-props.ts';
import type { Per } from './model/diff-graphs.ts';
import type { FlameMode } from './model/picture.ts';

export interface TreeTableProps {
  readonly graph: FlameGraphData | null;
  readonly before?: FlameGraphData | null;
  readonly mode?: FlameMode;
  readonly per?: Per;
  readonly search?: string;
  readonly onSelect?: (frame: ChosenFrame) => void;
}

export function TreeTable({ graph }: TreeTableProps) {
  return <div role="treegrid">{graph?.frames.length}</div>;
}
