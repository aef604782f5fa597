import { type DifferenceInterval, type DiffGraph, type DiffPer, TOO_FEW_WINDOWS } from '../../../protocol/index.ts';
import { AppError } from '../../errors.ts';
import { buildCallTree, type CallTree, valuesOnTree } from '../call-tree.ts';
import { DEFAULT_MAX_FRAMES, drawnWindow, type FlameGraphOptions } from '../compute-flame-graph.ts';
import { drawTree, valuesOnDrawing } from '../drawn-tree.ts';
import { mergeFrames } from '../merged-frames.ts';
import type { BlockSums, StackSums } from '../stack-sums.ts';
import { chooseKept } from '../trim-tree.ts';
import { JsonNumbers } from '../wide-sums.ts';
import { discoveries } from './benjamini-hochberg.ts';
import { blockCounts, dividerOf } from './block-counts.ts';
import { type Comparison, createBootstrap, FEWEST_BLOCKS } from './bootstrap-means.ts';

export interface DiffOptions extends FlameGraphOptions {
  readonly per: DiffPer;
}

/** Nodes whose difference gets an interval. */
const MOST_INTERVALS = 200;
/** Of those that are called changed, how many may not be. */
const FALSE_DISCOVERIES = 0.05;

/**
 * What b costs more or less than a, for each node of both trees together (DiffGraph has the shape). A node is changed when
 * Benjamini and Hochberg call it a discovery and its interval leaves out 0; the whole, when its interval does.
 *
 * Throws `no-request-counts` and `no-durations` when a side can't be divided as `per` says, and `inconsistent-profile`
 * when the sides have different units.
 */
export function computeDiff(a: BlockSums, b: BlockSums, options: DiffOptions): DiffGraph {
  checkUnits(a.sums, b.sums);
  const dividers = { a: dividerOf(a, options.per, 'a'), b: dividerOf(b, options.per, 'b') };
  const joined = joinStacks(a.sums, b.sums);
  const { frames, frameOf } = mergeFrames(joined.functions, joined.frame);
  const tree = buildCallTree(joined, frameOf);
  const values = { a: valuesOnTree(tree, joined.a), b: valuesOnTree(tree, joined.b) };
  const magnitude = (node: number): number =>
    Math.max(values.a.total.magnitude(node) / dividers.a, values.b.total.magnitude(node) / dividers.b);
  const drawn = drawTree(tree, chooseKept({ parent: tree.parent, magnitude }, options.maxFrames ?? DEFAULT_MAX_FRAMES));
  const sides = { a: valuesOnDrawing(drawn, values.a), b: valuesOnDrawing(drawn, values.b) };
  const nodes: DiffGraph['nodes'] = {
    parent: drawn.parent,
    frame: drawn.frame,
    aTotal: sides.a.total.quotients(dividers.a),
    aSelf: sides.a.self.quotients(dividers.a),
    bTotal: sides.b.total.quotients(dividers.b),
    bSelf: sides.b.self.quotients(dividers.b),
  };
  const [trimmedA = 0] = sides.a.trimmed.quotients(dividers.a);
  const [trimmedB = 0] = sides.b.trimmed.quotients(dividers.b);
  const numbers = new JsonNumbers();
  const treeNodeOf = treeNodes(drawn.place, drawn.kept);
  const compared = compareNodes({ a, b, tree, per: options.per, numbers }, largestOf(nodes, drawn.kept), treeNodeOf);
  const graph: DiffGraph = {
    unit: a.sums.type.unit,
    per: options.per,
    a: { total: nodes.aTotal[0] ?? 0, window: drawnWindow(a.sums.window, numbers) },
    b: { total: nodes.bTotal[0] ?? 0, window: drawnWindow(b.sums.window, numbers) },
    frames: [...frames],
    nodes,
    trimmed: { nodes: tree.parent.length - drawn.kept, a: trimmedA, b: trimmedB },
    ...compared,
  };
  const columns = [sides.a, sides.b].flatMap(({ total, self, trimmed }) => [total, self, trimmed]);
  return [...columns, numbers].some(({ saturated }) => saturated) ? { ...graph, saturated: true } : graph;
}

function checkUnits(a: StackSums, b: StackSums): void {
  if (a.type.unit === b.type.unit) return;
  throw new AppError(
    'inconsistent-profile',
    `a is measured in ${a.type.unit} (${a.type.type}), b in ${b.type.unit} (${b.type.type}); choose one type`,
    { detail: { units: [a.type.unit, b.type.unit] } },
  );
}

/** The stacks of a, then those of b; a stack has a value on one side and 0 on the other. */
function joinStacks(a: StackSums, b: StackSums): StackSums & { readonly a: BigInt64Array; readonly b: BigInt64Array } {
  const stacks = a.values.length + b.values.length;
  const join = { a: new BigInt64Array(stacks), b: new BigInt64Array(stacks), start: new Uint32Array(stacks + 1) };
  const frame = new Uint32Array(a.frame.length + b.frame.length);
  const line = new Float64Array(frame.length);
  join.a.set(a.values);
  join.b.set(b.values, a.values.length);
  join.start.set(a.start);
  join.start.set(
    b.start.map((at) => at + a.frame.length),
    a.values.length,
  );
  frame.set(a.frame);
  frame.set(
    b.frame.map((index) => index + a.functions.length),
    a.frame.length,
  );
  line.set(a.line);
  line.set(b.line, a.line.length);
  return { ...a, functions: [...a.functions, ...b.functions], frame, line, values: join.a, ...join };
}

/** Drawn node → node of the tree, for those that stand for themselves. */
function treeNodes(place: Int32Array, kept: number): Int32Array {
  const nodes = new Int32Array(kept);
  place.forEach((drawn, node) => {
    if (drawn >= 0 && drawn < kept) nodes[drawn] = node;
  });
  return nodes;
}

/** Drawn nodes but the root, those with the largest difference first. */
function largestOf({ aTotal, bTotal }: DiffGraph['nodes'], kept: number): number[] {
  const difference = (node: number): number => Math.abs((bTotal[node] ?? 0) - (aTotal[node] ?? 0));
  return Array.from({ length: Math.max(0, kept - 1) }, (_, i) => i + 1)
    .filter((node) => difference(node) > 0)
    .sort((x, y) => difference(y) - difference(x) || x - y)
    .slice(0, MOST_INTERVALS);
}

interface Compared {
  readonly a: BlockSums;
  readonly b: BlockSums;
  readonly tree: CallTree;
  readonly per: DiffPer;
  readonly numbers: JsonNumbers;
}

function compareNodes(
  compared: Compared,
  largest: readonly number[],
  treeNodeOf: Int32Array,
): Pick<DiffGraph, 'whole' | 'largest'> {
  const { a, b, tree, per, numbers } = compared;
  const firstOfB = a.sums.values.length;
  const scale = { a: per === 'total' ? a.sums.window.profiles : 1, b: per === 'total' ? b.sums.window.profiles : 1 };
  const rows = [0, ...largest].map((node) => treeNodeOf[node] ?? 0);
  const sides = {
    a: { amounts: totalsByBlock(a, { tree, rows, firstStack: 0, scale: scale.a }), counts: blockCounts(a.blocks, per) },
    b: {
      amounts: totalsByBlock(b, { tree, rows, firstStack: firstOfB, scale: scale.b }),
      counts: blockCounts(b.blocks, per),
    },
  };
  const differences = rows.map((_, row) => numbers.of(meanOf(sides.b, row) - meanOf(sides.a, row)));
  const whole = differences[0] ?? 0;
  if (Math.min(a.blocks.length, b.blocks.length) < FEWEST_BLOCKS) {
    return { whole: { difference: whole, interval: TOO_FEW_WINDOWS, changed: null }, largest: TOO_FEW_WINDOWS };
  }
  const bootstrap = createBootstrap(a.blocks.length, b.blocks.length);
  const comparisons = rows.map((_, row) => bootstrap.compare(observe(sides.a, row), observe(sides.b, row)));
  const [ofWhole, ...ofLargest] = comparisons;
  const found = discoveries(
    ofLargest.map(({ p }) => p),
    FALSE_DISCOVERIES,
  );
  return {
    whole: {
      difference: whole,
      interval: ofWhole ? drawnInterval(ofWhole, numbers) : TOO_FEW_WINDOWS,
      changed: ofWhole ? leavesOutZero(ofWhole) : null,
    },
    largest: ofLargest.map((comparison, i) => ({
      node: largest[i] ?? 0,
      difference: differences[i + 1] ?? 0,
      interval: drawnInterval(comparison, numbers),
      changed: found[i] === true && leavesOutZero(comparison),
    })),
  };
}

interface Side {
  readonly amounts: readonly Float64Array[];
  readonly counts: Float64Array;
}

const observe = ({ amounts, counts }: Side, row: number) => ({ amounts: amounts[row] ?? new Float64Array(), counts });

function meanOf({ amounts, counts }: Side, row: number): number {
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return total(amounts[row] ?? new Float64Array()) / total(counts);
}

const leavesOutZero = ({ difference }: Comparison): boolean => difference.low > 0 || difference.high < 0;

function drawnInterval({ difference, ratio }: Comparison, numbers: JsonNumbers): DifferenceInterval {
  const drawn = ({ low, high }: Comparison['difference']) => ({ low: numbers.of(low), high: numbers.of(high) });
  return { ...drawn(difference), ratio: ratio && drawn(ratio) };
}

interface BlockTotals {
  readonly tree: CallTree;
  /** Nodes of the tree that are wanted. */
  readonly rows: readonly number[];
  /** Number of this side's first stack in the tree. */
  readonly firstStack: number;
  readonly scale: number;
}

/** For each row, its node's total in each block. */
function totalsByBlock(side: BlockSums, { tree, rows, firstStack, scale }: BlockTotals): Float64Array[] {
  const found = rows.map(() => new Float64Array(side.blocks.length));
  const totals = new Float64Array(tree.parent.length);
  const cells = cellsByBlock(side);
  side.blocks.forEach((_, block) => {
    totals.fill(0);
    for (const cell of cells[block] ?? []) {
      const leaf = tree.leafOf[firstStack + (side.stack[cell] ?? 0)] ?? 0;
      totals[leaf] = (totals[leaf] ?? 0) + (side.value[cell] ?? 0);
    }
    for (let node = totals.length - 1; node > 0; node--) {
      const parent = tree.parent[node] ?? 0;
      totals[parent] = (totals[parent] ?? 0) + (totals[node] ?? 0);
    }
    rows.forEach((node, row) => {
      const ofRow = found[row];
      if (ofRow) ofRow[block] = (totals[node] ?? 0) * scale;
    });
  });
  return found;
}

function cellsByBlock({ blocks, block }: BlockSums): number[][] {
  const cells: number[][] = blocks.map(() => []);
  block.forEach((of, cell) => {
    cells[of]?.push(cell);
  });
  return cells;
}
