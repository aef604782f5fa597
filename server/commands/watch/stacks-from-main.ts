import { type FlameGraph, TRIMMED_FRAME } from '../../../protocol/index.ts';

/** A function on a call path, with all that was called under it. */
export interface Caller {
  readonly name: string;
  readonly package: string;
  readonly total: number;
  readonly callees: readonly Caller[];
}

interface Growing {
  readonly name: string;
  readonly package: string;
  total: number;
  readonly callees: Map<string, Growing>;
}

/**
 * The tree as it looks from the program's own code: a path begins at its first function of package main, since the server's
 * and the runtime's frames above it are the same for all. Paths without one are whole. Widest first.
 *
 *     net/http.serve;main.handle;main.check 6         main.handle 6 ── main.check 6
 *     runtime.gcBgMarkWorker 4                        runtime.gcBgMarkWorker 4
 */
export function stacksFromMain({ nodes, frames }: FlameGraph): readonly Caller[] {
  const root: Growing = { name: '', package: '', total: 0, callees: new Map() };
  const own: boolean[] = [];
  nodes.parent.forEach((parent, node) => {
    own[node] = own[parent] === true || frames[nodes.frame[node] ?? -1]?.package === 'main';
    const frame = nodes.frame[node] ?? -1;
    const value = frame === TRIMMED_FRAME ? (nodes.total[node] ?? 0) : (nodes.self[node] ?? 0);
    if (value <= 0 || node === 0) return;
    addPath(root, pathTo(node, own[node] === true), value);
  });

  function pathTo(node: number, fromMain: boolean): Pick<Caller, 'name' | 'package'>[] {
    const path: Pick<Caller, 'name' | 'package'>[] = [];
    for (let at = node; at > 0 && !(fromMain && own[at] === false); at = nodes.parent[at] ?? 0) {
      path.push(frames[nodes.frame[at] ?? -1] ?? { name: '(trimmed)', package: '' });
    }
    return path.reverse();
  }
  return sorted(root.callees);
}

function addPath(root: Growing, path: readonly Pick<Caller, 'name' | 'package'>[], value: number): void {
  let at = root;
  for (const { name, package: packageName } of path) {
    const next = at.callees.get(name) ?? { name, package: packageName, total: 0, callees: new Map() };
    at.callees.set(name, next);
    next.total += value;
    at = next;
  }
}

function sorted(callees: ReadonlyMap<string, Growing>): Caller[] {
  return [...callees.values()]
    .sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1))
    .map((one) => ({ ...one, callees: sorted(one.callees) }));
}
