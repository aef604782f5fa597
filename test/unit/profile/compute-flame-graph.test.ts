import { describe, expect, test } from 'vitest';
import { flameGraph } from '../../../protocol/index.ts';
import { computeFlameGraph, stackSumsFromProfile } from '../../../server/profile/index.ts';
import { dedent, profileFromText, textFromFlameGraph } from '../../support/profile-text.ts';
import { createRandom, randomProfile } from '../../support/random-profile.ts';

const graphOf = (text: string, maxFrames = 0) =>
  computeFlameGraph(stackSumsFromProfile(profileFromText(text), null), { maxFrames });
const drawn = (text: string, maxFrames = 0) => textFromFlameGraph(graphOf(text, maxFrames));

describe('the tree', () => {
  const text = `
    main.a;main.b 6
    main.a;main.c 4
    main.a 1`;

  test('merges equal call paths and counts self and total', () => {
    expect(drawn(text)).toBe(
      dedent(`
        root 11
          main.a 11 (1)
            main.b 6 (6)
            main.c 4 (4)`),
    );
  });

  test('is parallel arrays, root first with parent and frame -1, as the protocol says', () => {
    const graph = graphOf(text);
    expect(graph.nodes).toEqual({
      parent: [-1, 0, 1, 1],
      frame: [-1, 0, 1, 2],
      total: [11, 11, 6, 4],
      self: [0, 1, 6, 4],
    });
    expect(graph.frames[1]).toEqual({ name: 'main.b', file: 'main.go', line: 0, package: 'main' });
    expect(flameGraph.parse(graph)).toEqual(graph);
  });

  test('is the same whatever the order of the samples', () => {
    const lines = ['x.b;x.a 1', 'x.a;x.b 2', 'x.a;x.a;x.c 3', 'x.a 4', 'x.b;x.c 5'];
    expect(graphOf(lines.toReversed().join('\n')).nodes).toEqual(graphOf(lines.join('\n')).nodes);
  });

  test('expands inlined functions, keeps recursion', () => {
    expect(drawn('main.a;main.b>main.c;main.b 3')).toBe(
      dedent(`
        root 3
          main.a 3
            main.b 3
              main.c 3
                main.b 3 (3)`),
    );
  });

  test('names frames without symbols by their mapping, as go tool pprof does', () => {
    expect(drawn('main.a;?/usr/lib/libc.so.6 3\nmain.a;? 2')).toBe(
      dedent(`
        root 5
          main.a 5
            <unknown> 2 (2)
            [libc.so.6] 3 (3)`),
    );
  });

  test('has negative values', () => {
    expect(drawn('main.a;main.b -6\nmain.a;main.c 4\nmain.a;main.d 2')).toBe(
      dedent(`
        root 0
          main.a 0
            main.b -6 (-6)
            main.c 4 (4)
            main.d 2 (2)`),
    );
  });

  test('leaves out samples of value 0, and has a root even without any', () => {
    expect(drawn('main.a;main.b 0')).toBe('root 0');
    expect(drawn('')).toBe('root 0');
  });

  test('puts samples without a stack on the root', () => {
    expect(drawn('- 7')).toBe('root 7 (7)');
  });

  test('makes one frame of functions with the same name and file', () => {
    const sums = stackSumsFromProfile(profileFromText('main.a;main.b 1'), null);
    const functions = [
      { name: 'f', systemName: 'x', file: 'f.go', startLine: 9 },
      { name: 'f', systemName: 'y', file: 'f.go', startLine: 4 },
    ];
    expect(computeFlameGraph({ ...sums, functions }).frames).toEqual([
      { name: 'f', file: 'f.go', line: 4, package: '' },
    ]);
  });
});

describe('numbers beyond 2^53', () => {
  const max = 2n ** 63n - 1n;

  test('saturate and are flagged; what is smaller stays exact', () => {
    const graph = graphOf(`main.a ${max}\nmain.b ${max}\nmain.c 9007199254740991`);
    expect(graph.saturated).toBe(true);
    expect(graph.nodes.total).toEqual([2 ** 53, 2 ** 53, 2 ** 53, 9007199254740991]);
  });

  test('are exact when they cancel out', () => {
    const graph = graphOf(`main.a;main.b ${max}\nmain.a;main.c ${-max}\nmain.a;main.d 3`);
    expect(graph.nodes.total[1]).toBe(3);
  });

  test('2^53 itself is not flagged, the next one is', () => {
    expect(graphOf('main.a 9007199254740992').saturated).toBeUndefined();
    expect(graphOf('main.a 9007199254740993').saturated).toBe(true);
    expect(graphOf('main.a -9007199254740993').nodes.total).toEqual([-(2 ** 53), -(2 ** 53)]);
  });
});

describe('trimming', () => {
  const text = `
    x.a;x.b;x.c 6
    x.a;x.d 3
    x.a;x.e 1`;

  test('keeps the largest, and says what went as one child', () => {
    const graph = graphOf(text, 5);
    expect(textFromFlameGraph(graph)).toBe(
      dedent(`
        root 10
          x.a 10
            x.b 6
              x.c 6 (6)
            (trimmed) 4`),
    );
    expect(graph.trimmed).toEqual({ nodes: 2, value: 4 });
  });

  test('counts a node for no more than its parent, so that no node is kept without its ancestors', () => {
    expect(drawn('x.a;x.b 100\nx.a;x.c -99\nx.d 5\nx.d;x.e 1', 4)).toBe(
      dedent(`
        root 7
          x.d 6 (5)
            (trimmed) 1
          (trimmed) 1`),
    );
  });

  test('is off below the limit and with limit 0', () => {
    expect(graphOf(text, 6).trimmed).toEqual({ nodes: 0, value: 0 });
    expect(graphOf(text, 0).trimmed).toEqual({ nodes: 0, value: 0 });
  });

  test('never changes self or total of a kept node, for any profile and any limit', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const sums = stackSumsFromProfile(randomProfile(seed), null);
      const whole = pathValues(computeFlameGraph(sums, { maxFrames: 0 }));
      const most = 2 + Math.floor(createRandom(seed)() * whole.size);
      const trimmed = computeFlameGraph(sums, { maxFrames: most });
      expect(trimmed.nodes.parent.length).toBeLessThanOrEqual(most);
      for (const [path, value] of pathValues(trimmed)) {
        if (!path.endsWith('-2')) expect(value, `seed ${seed} ${path}`).toBe(whole.get(path));
      }
    }
  });
});

/** Path of frames → its self and total. */
function pathValues(graph: ReturnType<typeof computeFlameGraph>): Map<string, string> {
  const { parent, frame, self, total } = graph.nodes;
  const paths: string[] = [];
  const values = new Map<string, string>();
  parent.forEach((above, node) => {
    expect(above).toBeLessThan(node);
    paths.push(`${paths[above] ?? ''};${frame[node]}`);
    values.set(paths[node] ?? '', `${self[node]} ${total[node]}`);
  });
  return values;
}
