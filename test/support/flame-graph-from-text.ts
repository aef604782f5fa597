import type { FlameFrame, FlameGraph } from '../../protocol/index.ts';

/** Values and files of a drawn graph; what isn't given is a plain CPU window. */
export interface GraphExtras {
  readonly unit?: string;
  readonly requests?: number | null;
  readonly durationNanos?: number;
  /** Function name → file; a name may carry its file itself: `sort@b.go`. */
  readonly package?: (name: string) => string;
}

/**
 * A flame graph drawn as stacks with their self values, one a line; `name@file` makes two symbols of one name.
 *
 *     main;work;sort 30
 *     main;read 20
 */
export function flameGraphFromText(text: string, extras: GraphExtras = {}): FlameGraph {
  const frames: FlameFrame[] = [];
  const nodes: FlameGraph['nodes'] = { parent: [-1], frame: [-1], total: [0], self: [0] };
  const child = new Map<string, number>();
  const frameOf = new Map<string, number>();
  const frame = (symbol: string) => {
    const [name = '', file = `${symbol}.go`] = symbol.split('@');
    if (name === '(trimmed)') return -2;
    const known = frameOf.get(symbol);
    if (known !== undefined) return known;
    frameOf.set(symbol, frames.length);
    return frames.push({ name, file, line: frames.length + 1, package: extras.package?.(name) ?? 'main' }) - 1;
  };
  const add = (node: number, value: number) => {
    nodes.total[node] = (nodes.total[node] ?? 0) + value;
    return node;
  };
  for (const line of text.trim().split('\n')) {
    const [, stack = '', value = '0'] = /^\s*(\S*)\s+(-?\d+)\s*$/.exec(line) ?? [];
    let at = add(0, Number(value));
    for (const symbol of stack.split(';').filter(Boolean)) {
      const key = `${at};${symbol}`;
      const next = child.get(key) ?? nodes.parent.push(at) - 1;
      if (!child.has(key)) {
        child.set(key, next);
        nodes.frame[next] = frame(symbol);
        nodes.total[next] = 0;
        nodes.self[next] = 0;
      }
      at = add(next, Number(value));
    }
    nodes.self[at] = (nodes.self[at] ?? 0) + Number(value);
  }
  return {
    unit: extras.unit ?? 'nanoseconds',
    total: nodes.total[0] ?? 0,
    frames,
    nodes,
    trimmed: { nodes: 0, value: 0 },
    window: {
      from: 0,
      to: 1_000,
      profiles: 1,
      requests: extras.requests ?? null,
      durationNanos: extras.durationNanos ?? 1e9,
    },
  };
}
