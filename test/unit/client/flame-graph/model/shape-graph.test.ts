import { describe, expect, test } from 'vitest';
import { everywhereOf } from '../../../../../client/flame-graph/model/everywhere.ts';
import { type FlameOptions, PLAIN_OPTIONS } from '../../../../../client/flame-graph/model/flame-options.ts';
import { markLabelGroups } from '../../../../../client/flame-graph/model/label-groups.ts';
import { litNames } from '../../../../../client/flame-graph/model/lit-names.ts';
import { familyOf, shortName } from '../../../../../client/flame-graph/model/package-family.ts';
import { frameDetails, pictureOf } from '../../../../../client/flame-graph/model/picture.ts';
import { shapeGraph } from '../../../../../client/flame-graph/model/shape-graph.ts';
import { stackTree } from '../../../../../client/flame-graph/model/stack-tree.ts';
import { FAMILY_TINT, familyTints, SHADES } from '../../../../../client/flame-graph/model/tint.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import type { FlameGraph } from '../../../../../protocol/index.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  json: 'encoding/json',
  runtime: 'runtime',
  yaml: 'gopkg.in/yaml.v3',
};
const graphOf = (text: string) =>
  flameGraphFromText(text, { package: (name) => PACKAGES[name.split('.')[0] ?? ''] ?? 'main' });
const shape = (text: string, options: Partial<FlameOptions>, search = '') =>
  shapeGraph(graphOf(text), { options: { ...PLAIN_OPTIONS, ...options }, search, own: [] });

/** Name, total, self of each node by depth, as it is drawn: siblings of one name are one. */
function drawn(graph: FlameGraph): string[] {
  const tree = stackTree(graph);
  return Array.from({ length: tree.count }, (_, node) => {
    return `${'  '.repeat(tree.depth[node] ?? 0)}${nodeName(tree, node)} ${tree.total[node]} ${tree.self[node]}`;
  });
}

describe('families that are left out', () => {
  test('leave their time with what called them; what they call goes on', () => {
    const text =
      'main.a;json.Marshal;main.String;runtime.malloc 2\nmain.a;json.Marshal 3\nmain.a;main.b 1\nruntime.gc 4';
    expect(drawn(shape(text, { off: ['std', 'runtime'], offAs: 'left-out' }))).toEqual([
      'all 10 4',
      '  main.a 6 3',
      '    main.String 2 2',
      '    main.b 1 1',
    ]);
  });

  test('make one of siblings that thereby get the same name; recursion stays', () => {
    const text = 'main.a;json.x;main.b 1\nmain.a;json.y;main.b;main.b 2';
    expect(drawn(shape(text, { off: ['std'], offAs: 'left-out' }))).toEqual([
      'all 3 0',
      '  main.a 3 0',
      '    main.b 3 1',
      '      main.b 2 2',
    ]);
  });

  test('only faded leave the tree as it is', () => {
    const graph = graphOf('main.a;json.x 1');
    const options: FlameOptions = { ...PLAIN_OPTIONS, off: ['std'] };
    expect(shapeGraph(graph, { options, search: 'json', own: [] })).toBe(graph);
    const { names } = stackTree(graph);
    expect(
      Object.fromEntries(
        names.text.map((name, at) => [name, litNames(names, { search: '', faded: ['std'], own: [] })?.[at]]),
      ),
    ).toEqual({
      'json.x': 0,
      'main.a': 1,
    });
    expect(litNames(names, { search: 'a', faded: ['own'], own: [] })).toEqual(new Uint8Array([0, 0]));
    expect(litNames(names, { search: '', faded: [], own: [] })).toBeNull();
  });
});

describe('a tree of packages or families', () => {
  const text =
    'main.a;main.b;json.Marshal;json.encode 2\nmain.a;main.c 1\nmain.a;json.Marshal;main.String 3\nyaml.f;runtime.gc 1';

  test('takes runs of functions of one package together', () => {
    expect(drawn(shape(text, { tree: 'packages' }))).toEqual([
      'all 7 0',
      '  gopkg.in/yaml.v3 1 0',
      '    runtime 1 1',
      '  main 6 1',
      '    encoding/json 5 2',
      '      main 3 3',
    ]);
  });

  test('or of one family, each with its own colour', () => {
    const graph = shape(text, { tree: 'families', off: ['module'], offAs: 'left-out' });
    expect(drawn(graph)).toEqual([
      'all 7 0',
      '  Go runtime 1 1',
      '  Your code 6 1',
      '    Standard library 5 2',
      '      Your code 3 3',
    ]);
    expect(graph.frames.map((frame) => familyOf(frame, []))).toEqual(['own', 'std', 'module', 'runtime']);
  });
});

describe('only what is found', () => {
  const text = 'main.a;main.sort;main.less 4\nmain.a;main.sort 2\nmain.a;main.read;main.sort 1\nmain.a;main.read 3';

  test('keeps the stacks that run through it, with what is left of the rest', () => {
    const graph = shape(text, { onlyFound: true }, ' SORT');
    expect(drawn(graph)).toEqual([
      'all 7 0',
      '  main.a 7 0',
      '    main.read 1 0',
      '      main.sort 1 1',
      '    main.sort 6 2',
      '      main.less 4 4',
    ]);
    expect(graph.total).toBe(10);
    const picture = pictureOf({ graph, before: null, mode: 'after', per: 'total', scale: 'fit', own: [] });
    expect([picture.layout.width[0], frameDetails(picture, 1).share]).toEqual([1, 0.7]);
  });

  test('keeps nothing but the root when nothing is found, and all when nothing is searched', () => {
    expect(drawn(shape(text, { onlyFound: true }, 'none'))).toEqual(['all 0 0']);
    const graph = graphOf(text);
    expect(shapeGraph(graph, { options: { ...PLAIN_OPTIONS, onlyFound: true }, search: ' ', own: [] })).toBe(graph);
  });
});

test('a function is counted over the whole tree, nested calls once', () => {
  const graph = graphOf('main.a;main.sort;main.sort 4\nmain.a;main.sort 2\nmain.a;main.read;main.sort 1');
  const picture = pictureOf({ graph, before: null, mode: 'after', per: 'total', scale: 'fit', own: [] });
  const names = Array.from({ length: picture.layout.count }, (_, at) => nodeName(picture.layout, at));
  const node = names.lastIndexOf('main.sort') - 1;
  expect(everywhereOf(picture, node)).toEqual({ places: 3, total: 7 });
  expect(frameDetails(picture, node).ofCaller).toBeCloseTo(6 / 7);
});

describe('a tree grouped by a label', () => {
  const values = flameGraphFromText('acme@tenant;main.f 4\n/a/v1.2@tenant;json.x 3\n(none)@tenant;main.f 2');
  const named = values.frames.map((frame) => {
    if (frame.file !== 'tenant') return { ...frame, package: PACKAGES[frame.name.split('.')[0] ?? ''] ?? 'main' };
    return { ...frame, line: 0, name: frame.name === '(none)' ? '(no tenant)' : frame.name };
  });
  const grouped = markLabelGroups({ ...values, frames: named }, 'tenant');

  test('tells values from functions, whatever they look like', () => {
    expect(Object.fromEntries(grouped.frames.map((frame) => [frame.name, familyOf(frame, [])]))).toEqual({
      'tenant: acme': 'label',
      'tenant: /a/v1.2': 'label',
      '(no tenant)': 'label',
      'main.f': 'own',
      'json.x': 'std',
    });
    expect(grouped.frames.map(({ name }) => shortName(name))).toContain('tenant: /a/v1.2');
    const tints = familyTints(stackTree(grouped), []);
    expect(tints.filter((tint) => tint >= FAMILY_TINT.label && tint < FAMILY_TINT.label + SHADES)).toHaveLength(3);
  });

  test('keeps its values when packages are taken together', () => {
    const options: FlameOptions = { ...PLAIN_OPTIONS, tree: 'packages' };
    expect(drawn(shapeGraph(grouped, { options, search: '', own: [] }))).toEqual([
      'all 9 0',
      '  (no tenant) 2 0',
      '    main 2 2',
      '  tenant: /a/v1.2 3 0',
      '    encoding/json 3 3',
      '  tenant: acme 4 0',
      '    main 4 4',
    ]);
  });
});
