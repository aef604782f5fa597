import type { FlameGraph } from '../../../protocol/index.ts';
import { type ChildOrder, childOrder, mergeChildren } from './child-order.ts';
import { nameTable } from './name-table.ts';
import { childKey, ROOT_KEY } from './stack-key.ts';
import { type NameTable, ROOT_NAME, subtreeEnds, type TreeShape } from './tree-shape.ts';

/** A graph as a tree of stack paths, values in the graph's unit. */
export interface StackTree extends TreeShape {
  readonly unit: string;
  readonly total: Float64Array;
  readonly self: Float64Array;
}

/**
 * Puts a graph in the order of TreeShape; siblings with the same function name (two symbols of one name) become one node,
 * and so do their children. O(nodes + names log names).
 *
 *     graph  all 6 ┬ sort@b.go 4 ── less 1      tree  all 6 ── sort 6 ┬ less 1
 *                  └ sort@a.go 2 ── swap 2                            └ swap 2
 */
export function stackTree(graph: FlameGraph): StackTree {
  const { names, nameOfFrame } = nameTable(graph.frames);
  const order = childOrder(graph, nameOfFrame, names.text.length);
  const walk = walkGroups(graph.nodes.parent.length, order);
  const total = new Float64Array(walk.count);
  const self = new Float64Array(walk.count);
  for (let node = 0; node < walk.placed.length; node++) {
    const at = walk.placed[node] ?? 0;
    total[at] = (total[at] ?? 0) + (graph.nodes.total[node] ?? 0);
    self[at] = (self[at] ?? 0) + (graph.nodes.self[node] ?? 0);
  }
  const { parent, nameOf, count } = walk;
  return {
    unit: graph.unit,
    count,
    names,
    nameOf,
    parent,
    end: subtreeEnds(parent),
    ...pathsOf(walk, names),
    total,
    self,
  };
}

interface Walk {
  readonly count: number;
  readonly parent: Int32Array;
  readonly nameOf: Int32Array;
  /** Node of the graph → node of the tree. */
  readonly placed: Int32Array;
}

/** Pre-order over groups of same-named siblings. `twin` links a group's members, the last one seen is its head. */
function walkGroups(size: number, order: ChildOrder): Walk {
  const parent = new Int32Array(size);
  const nameOf = new Int32Array(size);
  const placed = new Int32Array(size);
  const twin = new Int32Array(size).fill(-1);
  const pending = new Int32Array(size);
  const pendingParent = new Int32Array(size).fill(-1);
  let count = 0;
  let waiting = Math.min(1, size);
  while (waiting > 0) {
    waiting--;
    const head = pending[waiting] ?? 0;
    const at = count++;
    parent[at] = pendingParent[waiting] ?? -1;
    nameOf[at] = order.name[head] ?? ROOT_NAME;
    for (let member = head; member >= 0; member = twin[member] ?? -1) placed[member] = at;
    const bottom = waiting;
    for (let child = childrenOfGroup(head, twin, order); child >= 0; child = order.nextSibling[child] ?? -1) {
      const previous = waiting > bottom ? (pending[waiting - 1] ?? -1) : -1;
      const grouped = previous >= 0 && order.name[previous] === order.name[child];
      if (grouped) twin[child] = previous;
      else waiting++;
      pending[waiting - 1] = child;
      pendingParent[waiting - 1] = at;
    }
  }
  return { count, parent: parent.subarray(0, count), nameOf: nameOf.subarray(0, count), placed };
}

function childrenOfGroup(head: number, twin: Int32Array, order: ChildOrder): number {
  if ((twin[head] ?? -1) < 0) return order.firstChild[head] ?? -1;
  const members: number[] = [];
  for (let member = head; member >= 0; member = twin[member] ?? -1) members.push(member);
  return mergeChildren(members, order);
}

function pathsOf({ count, parent, nameOf }: Walk, names: NameTable): Pick<TreeShape, 'depth' | 'key'> {
  const depth = new Uint16Array(count);
  const key = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const up = parent[i] ?? -1;
    depth[i] = up < 0 ? 0 : (depth[up] ?? 0) + 1;
    key[i] = up < 0 ? ROOT_KEY : childKey(key[up] ?? 0, names.hash[nameOf[i] ?? ROOT_NAME] ?? 1);
  }
  return { depth, key };
}
