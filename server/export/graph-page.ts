import {
  type DiffGraph,
  type FlameFrame,
  type FlameGraph,
  type GraphPage,
  SNAPSHOT_KINDS,
} from '../../protocol/index.ts';

/** d3-flame-graph paints a group of SVG elements for each frame: beyond this a click takes too long. */
export const MOST_PAGE_FRAMES = 1_000;

/** What the reader of the page is told besides the values. `match`: the selector of each side. */
export interface GraphPageHeading extends Pick<GraphPage, 'kind' | 'madeMillis' | 'patterns'> {
  readonly match: readonly string[];
}

/** Snapshots by their mean; other profiles as they are. */
export function graphPageOfTree(tree: FlameGraph, { match, ...heading }: GraphPageHeading): GraphPage {
  const { parent, frame } = tree.nodes;
  const isMean = SNAPSHOT_KINDS.has(heading.kind) && tree.window.profiles > 1;
  const mean = (values: number[]): number[] => (isMean ? values.map((value) => value / tree.window.profiles) : values);
  return {
    ...heading,
    unit: tree.unit,
    per: isMean ? 'profile' : null,
    sides: [{ match: match[0] ?? '', window: tree.window, total: mean(tree.nodes.total), self: mean(tree.nodes.self) }],
    parent,
    ...usedFrames(tree.frames, frame),
    trimmed: tree.trimmed.nodes,
    whole: null,
    saturated: tree.saturated ?? false,
  };
}

/** `match`: of a, then of b. */
export function graphPageOfDiff(diff: DiffGraph, { match, ...heading }: GraphPageHeading): GraphPage {
  const { parent, frame, aTotal, aSelf, bTotal, bSelf } = diff.nodes;
  return {
    ...heading,
    unit: diff.unit,
    per: diff.per,
    sides: [
      { match: match[0] ?? '', window: diff.a.window, total: aTotal, self: aSelf },
      { match: match[1] ?? '', window: diff.b.window, total: bTotal, self: bSelf },
    ],
    parent,
    ...usedFrames(diff.frames, frame),
    trimmed: diff.trimmed.nodes,
    whole: diff.whole,
    saturated: diff.saturated ?? false,
  };
}

/** The frames of the nodes that weren't trimmed, and no others; a negative number is none. */
function usedFrames(frames: readonly FlameFrame[], frame: readonly number[]): Pick<GraphPage, 'frames' | 'frame'> {
  const used = [...new Set(frame)].filter((index) => index >= 0);
  const place = new Map(used.map((index, at) => [index, at]));
  return {
    frames: used.flatMap((index) => frames[index] ?? []),
    frame: frame.map((index) => place.get(index) ?? index),
  };
}
