import type { FlameGraph } from '../../../protocol/index.ts';
import { type JoinedTree, joinTrees } from './join-trees.ts';
import type { StackTree } from './stack-tree.ts';
import { stackTree } from './stack-tree.ts';

/** What a value is divided by so that two graphs can be compared. */
export type Per = 'request' | 'second' | 'total';

/** Two graphs joined by stack path. Values in the graphs' unit, per request, per second, or as they are. */
export interface GraphDifference extends JoinedTree {
  readonly unit: string;
  readonly per: Per;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly beforeSelf: Float64Array;
  readonly afterSelf: Float64Array;
  /** after - before. */
  readonly delta: Float64Array;
}

/** What a graph's values are divided by; null when its window doesn't know. */
export function divisorOf(graph: FlameGraph, per: Per): number | null {
  if (per === 'total') return 1;
  const by = per === 'request' ? graph.window.requests : graph.window.durationNanos / 1e9;
  return by !== null && by > 0 ? by : null;
}

/** The wanted comparison if all graphs allow it, else the next that they do: request, second, total. */
export function comparablePer(wanted: Per, ...graphs: readonly FlameGraph[]): Per {
  const rest: readonly Per[] = ['request', 'second', 'total'];
  const from = rest.slice(rest.indexOf(wanted));
  return from.find((per) => graphs.every((graph) => divisorOf(graph, per) !== null)) ?? 'total';
}

/**
 * Joins two graphs by path; throws a RangeError when one of them can't be divided as asked (comparablePer never asks that).
 *
 *     before, 10 requests     after, 20 requests      per request
 *     main;sort   30          main;sort   20          main  5 → 2   -3
 *     main;read   20          main;copy   20          main;copy  0 → 1  +1    main;read  2 → 0  -2    main;sort  3 → 1  -2
 */
export function diffGraphs(before: FlameGraph, after: FlameGraph, per: Per): GraphDifference {
  return diffTrees(
    { tree: stackTree(before), by: divisorFor(before, per) },
    { tree: stackTree(after), by: divisorFor(after, per) },
    per,
  );
}

/**
 * The one percentage of a difference: a node's change as a share of all that the first side costs, so that the changes of siblings
 * add up to their parent's. Infinite where the first side costs nothing.
 *
 *     before  main 10 ┬ sort 6       after  main 12 ┬ sort 9       sort +30 %, read −10 %, main +20 %
 *                     └ read 4                      └ read 3
 */
export function changeShare({ before, delta }: Pick<GraphDifference, 'before' | 'delta'>, node: number): number {
  return shareOfChange(delta[node] ?? 0, before[0] ?? 0);
}

/** The same of a change that is at hand; `whole`: all that the first side costs. */
export function shareOfChange(change: number, whole: number): number {
  if (change === 0) return 0;
  return whole > 0 ? change / whole : Math.sign(change) * Number.POSITIVE_INFINITY;
}

function divisorFor(graph: FlameGraph, per: Per): number {
  const by = divisorOf(graph, per);
  if (by === null) throw new RangeError(`this graph can't be shown per ${per}: its window doesn't know the count`);
  return by;
}

interface Side {
  readonly tree: StackTree;
  readonly by: number;
}

function diffTrees(a: Side, b: Side, per: Per): GraphDifference {
  const joined = joinTrees(a.tree, b.tree);
  const before = pick(joined.inA, a.tree.total, a.by);
  const after = pick(joined.inB, b.tree.total, b.by);
  return {
    ...joined,
    unit: b.tree.unit,
    per,
    before,
    after,
    beforeSelf: pick(joined.inA, a.tree.self, a.by),
    afterSelf: pick(joined.inB, b.tree.self, b.by),
    delta: after.map((value, i) => value - (before[i] ?? 0)),
  };
}

function pick(nodes: Int32Array, values: Float64Array, by: number): Float64Array {
  const picked = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] ?? -1;
    if (node >= 0) picked[i] = (values[node] ?? 0) / by;
  }
  return picked;
}
