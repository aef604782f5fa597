import type { FlameFrame, FlameGraph } from '../../../protocol/index.ts';

/** Seeded numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const NAMES = 3_000;
const DEEPEST = 46;
/** How many callees a function has, by its index. */
const CALLEES = [1, 1, 1, 1, 2, 1, 1, 1, 3, 1];
const MOST_CHILDREN = 4;

/**
 * A call tree of exactly `size` nodes, grown as a profiler grows it: stacks are sampled one by one through a program whose
 * calls are skewed towards the first callee, until there are that many distinct paths. Same seed, same tree.
 * A stack's name decides its frame, so trees of two seeds are two profiles of one program. `without`: a callee that this
 * build of the program no longer calls from anywhere but the root.
 */
export function bigGraph(size: number, seed: number, without = -1): FlameGraph {
  const random = seeded(seed);
  const frames = Array.from({ length: NAMES }, (_, i) => frame(i));
  const nodes: FlameGraph['nodes'] = { parent: [-1], frame: [-1], total: [0], self: [0] };
  const children = new Map<number, number>();
  const enter = (parent: number, callee: number): number => {
    const slot = parent * MOST_CHILDREN + callee;
    const known = children.get(slot);
    if (known !== undefined) return known;
    const node = nodes.parent.length;
    children.set(slot, node);
    nodes.parent.push(parent);
    nodes.frame.push(scatter((nodes.frame[parent] ?? 0) + 2, callee) % NAMES);
    nodes.total.push(0);
    nodes.self.push(0);
    return node;
  };
  while (nodes.parent.length < size) {
    let node = 0;
    nodes.total[0] = (nodes.total[0] ?? 0) + 10;
    for (let depth = 0; depth < DEEPEST && nodes.parent.length < size && (depth < 3 || random() > 0.03); depth++) {
      const callees =
        node === 0 ? MOST_CHILDREN : (CALLEES[scatter(nodes.frame[node] ?? 0, depth) % CALLEES.length] ?? 1);
      const callee = Math.floor(random() ** 1.5 * callees);
      if (depth > 0 && callee === without) break;
      node = enter(node, callee);
      nodes.total[node] = (nodes.total[node] ?? 0) + 10;
    }
    nodes.self[node] = (nodes.self[node] ?? 0) + 10;
  }
  const total = nodes.total[0] ?? 0;
  return {
    unit: 'nanoseconds',
    total,
    frames,
    nodes,
    trimmed: { nodes: 0, value: 0 },
    window: { from: 0, to: 10_000, profiles: 10, requests: 1_000, durationNanos: 10e9 },
  };
}

function scatter(a: number, b: number): number {
  return (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) >>> 5;
}

function frame(index: number): FlameFrame {
  const packages = ['bazaar/search', 'net/http', 'runtime', 'encoding/json', 'github.com/acme/codec', 'regexp/syntax'];
  const path = packages[index % packages.length] ?? 'main';
  return { name: `${path}.(*Kind${index % 41}).method${index}`, file: `${path}/file.go`, line: index, package: path };
}
