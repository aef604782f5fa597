import type { FlameGraph } from '../../../protocol/index.ts';
import { comparablePer, diffGraphs, divisorOf, type GraphDifference, type Per } from './diff-graphs.ts';
import { EMPTY_LAYOUT, type Layout, layoutDifference, layoutTree } from './layout.ts';
import { stackTree } from './stack-tree.ts';
import { differenceTints, familyTints } from './tint.ts';
import { nodeFrame, nodeName, nodesToRoot } from './tree-shape.ts';

export type FlameMode = 'before' | 'after' | 'difference';

/** fit: every graph fills the width. common: two graphs share one scale, so that the smaller cost is the narrower picture. */
export type WidthScale = 'fit' | 'common';

export interface PictureInput {
  readonly graph: FlameGraph | null;
  readonly before: FlameGraph | null;
  readonly mode: FlameMode;
  readonly per: Per;
  readonly scale: WidthScale;
  readonly own: readonly string[];
}

/** What is drawn, with the values behind it. `total`, `self`: by node of the layout, in `unit`. */
export interface Picture {
  readonly layout: Layout;
  readonly unit: string;
  /** The comparison that both graphs allow; what was asked for may not be known. */
  readonly per: Per;
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** What shares are of: the root's total, or more when only a part of the graph is shown. */
  readonly whole: number;
  readonly requests: number | null;
  readonly seconds: number | null;
  readonly difference: GraphDifference | null;
  /** Some frame is below zero, as in deltas of a heap: it has no width. */
  readonly belowZero: boolean;
  /** Some number is beyond ±2^53, and at most that. */
  readonly saturated: boolean;
  /** What else is known about a frame, by key: title and value. */
  readonly notes: ReadonlyMap<number, readonly [string, string]> | null;
  /** With two graphs, one of them drawn: the other, and how much more the drawn one costs as a whole, by `per`. */
  readonly against: { readonly side: 'before' | 'after'; readonly delta: number; readonly ratio: number } | null;
  /** What the two graphs are called. */
  readonly sides: Readonly<Record<'before' | 'after', string>>;
  /** Whether numbers are said at all; without them the widths are to be judged by eye. */
  readonly numbers: boolean;
}

/** What pictureOf doesn't decide. */
export const PLAIN_WORDS: Pick<Picture, 'notes' | 'sides' | 'numbers'> = {
  notes: null,
  sides: { before: 'before', after: 'after' },
  numbers: true,
};

export const EMPTY_PICTURE: Picture = {
  layout: EMPTY_LAYOUT,
  unit: '',
  per: 'total',
  total: new Float64Array(0),
  self: new Float64Array(0),
  whole: 0,
  requests: null,
  seconds: null,
  difference: null,
  belowZero: false,
  saturated: false,
  against: null,
  ...PLAIN_WORDS,
};

export function pictureOf(input: PictureInput): Picture {
  const { before, mode } = input;
  const shown = mode === 'before' ? before : input.graph;
  if (shown === null || shown.nodes.parent.length === 0) return EMPTY_PICTURE;
  const per = before !== null && input.graph !== null ? comparablePer(input.per, before, input.graph) : input.per;
  if (mode === 'difference' && before !== null) return differencePicture(before, shown, per);
  const tree = stackTree(shown);
  const other = mode === 'before' ? input.graph : before;
  const scale = other === null || input.scale === 'fit' ? 1 : scaleOf(costOf(shown, per), costOf(other, per));
  const layout = layoutTree(tree, scale, (of) => familyTints(of, input.own));
  const { total, self, unit } = tree;
  const against = other === null ? null : againstOf(shown, other, per, mode === 'before' ? 'after' : 'before');
  const counts = {
    whole: shown.total,
    ...countsOf(shown),
    saturated: shown.saturated ?? false,
    belowZero: isBelowZero(total),
  };
  return { layout, unit, per, total, self, ...counts, difference: null, against, ...PLAIN_WORDS };
}

function differencePicture(before: FlameGraph, after: FlameGraph, per: Per): Picture {
  const difference = diffGraphs(before, after, per);
  const layout = layoutDifference(difference, differenceTints);
  const { after: total, afterSelf: self, unit } = difference;
  return {
    layout,
    unit,
    per,
    total,
    self,
    whole: total[0] ?? 0,
    requests: null,
    seconds: null,
    difference,
    belowZero: isBelowZero(difference.before) || isBelowZero(difference.after),
    saturated: (before.saturated ?? false) || (after.saturated ?? false),
    against: null,
    ...PLAIN_WORDS,
  };
}

const isBelowZero = (values: Float64Array): boolean => values.some((value) => value < 0);

/** More was given back than taken: the whole, or one of two, has no width that anything could be a share of. */
export function hasNegativeTotal({ whole, difference }: Picture): boolean {
  if (difference === null) return whole < 0;
  return (difference.before[0] ?? 0) < 0 || (difference.after[0] ?? 0) < 0;
}

function countsOf(graph: FlameGraph): Pick<Picture, 'requests' | 'seconds'> {
  return { requests: divisorOf(graph, 'request'), seconds: divisorOf(graph, 'second') };
}

function costOf(graph: FlameGraph, per: Per): number {
  return (graph.nodes.total[0] ?? 0) / (divisorOf(graph, per) ?? 1);
}

/** The shown graph's cost as a share of the larger cost of the two. */
function scaleOf(shown: number, other: number): number {
  const most = Math.max(shown, other);
  return most > 0 ? shown / most : 1;
}

function againstOf(shown: FlameGraph, other: FlameGraph, per: Per, side: 'before' | 'after'): Picture['against'] {
  const theirs = costOf(other, per);
  const delta = costOf(shown, per) - theirs;
  return { side, delta, ratio: theirs > 0 ? delta / theirs : 0 };
}

/** Everything that is to be said about one frame. Shares are 0..1; null: unknown, or not a comparison. */
export interface FrameDetails {
  /** Of the picture's layout. */
  readonly node: number;
  readonly key: number;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly path: readonly string[];
  readonly total: number;
  readonly self: number;
  readonly share: number;
  /** Share of what called it; null right under the root. */
  readonly ofCaller: number | null;
  readonly perRequest: number | null;
  readonly perSecond: number | null;
  readonly change: { readonly before: number; readonly after: number; readonly delta: number } | null;
}

export function frameDetails(picture: Picture, node: number): FrameDetails {
  const { layout, total, self, requests, seconds, difference } = picture;
  const frame = nodeFrame(layout, node);
  const value = total[node] ?? 0;
  return {
    node,
    key: layout.key[node] ?? 0,
    name: nodeName(layout, node),
    file: frame?.file ?? '',
    line: frame?.line ?? 0,
    path: nodesToRoot(layout, node)
      .slice(1)
      .map((at) => nodeName(layout, at)),
    total: value,
    self: self[node] ?? 0,
    share: shareOf(picture, node),
    ofCaller: shareOfCaller(picture, node),
    perRequest: requests === null ? null : value / requests,
    perSecond: seconds === null ? null : value / seconds,
    change:
      difference === null
        ? null
        : {
            before: difference.before[node] ?? 0,
            after: difference.after[node] ?? 0,
            delta: difference.delta[node] ?? 0,
          },
  };
}

function shareOfCaller({ layout, total }: Picture, node: number): number | null {
  const up = layout.parent[node] ?? -1;
  const whole = total[up] ?? 0;
  return up > 0 && whole > 0 ? (total[node] ?? 0) / whole : null;
}

/** A node's total as a share of the whole graph, 0..1, whatever the picture is zoomed or scaled to. */
export function shareOf(picture: Picture, node: number): number {
  return picture.whole > 0 ? (picture.total[node] ?? 0) / picture.whole : 0;
}
