import { describe, expect, test } from 'vitest';
import { keyOfPath } from '../../../../../client/flame-graph/model/stack-key.ts';
import { stackTree } from '../../../../../client/flame-graph/model/stack-tree.ts';
import { nodeName, nodesToRoot, type TreeShape } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const path = (tree: TreeShape, node: number) =>
  nodesToRoot(tree, node)
    .map((at) => nodeName(tree, at))
    .join(';');
const drawn = (text: string) => {
  const tree = stackTree(flameGraphFromText(text));
  return Array.from({ length: tree.count }, (_, i) => `${path(tree, i)} ${tree.total[i]}/${tree.self[i]}`);
};

describe('stackTree', () => {
  test('siblings stand in the order of their names, whatever the order or weight in the graph', () => {
    expect(drawn('main;c 1\nmain;a 5\nmain;b 3')).toEqual([
      'all 9/0',
      'all;main 9/0',
      'all;main;a 5/5',
      'all;main;b 3/3',
      'all;main;c 1/1',
    ]);
  });

  test('two symbols of one name become one node, and their children meet', () => {
    expect(drawn('sort@b.go;less 1\nsort@b.go 3\nsort@a.go;swap 1\nsort@a.go;less 1')).toEqual([
      'all 6/0',
      'all;sort 6/3',
      'all;sort;less 2/2',
      'all;sort;swap 1/1',
    ]);
  });

  test('three of a name merge too, and a name below itself stays its own node', () => {
    expect(drawn('f@1;f 1\nf@2;f 2\nf@3;f 4')).toEqual(['all 7/0', 'all;f 7/0', 'all;f;f 7/7']);
  });

  test('what was trimmed stands last', () => {
    expect(drawn('main;(trimmed) 4\nmain;z 1').map((line) => line.split(' ')[0])).toEqual([
      'all',
      'all;main',
      'all;main;z',
      'all;main;(too',
    ]);
  });

  test('a graph without nodes is a tree without nodes', () => {
    const graph = flameGraphFromText('main 1');
    const empty = { ...graph, frames: [], nodes: { parent: [], frame: [], total: [], self: [] } };
    expect(stackTree(empty).count).toBe(0);
  });

  test('the key of a path is the same in another graph and differs from every other path', () => {
    const a = stackTree(flameGraphFromText('main;sort 5\nmain;read 1'));
    const b = stackTree(flameGraphFromText('aaa 7\nmain;read;sort 1\nmain;sort;main 9'));
    const keyOf = (tree: TreeShape) => new Map([...tree.key].map((key, i) => [path(tree, i), key]));
    expect(keyOf(a).get('all;main;sort')).toBe(keyOf(b).get('all;main;sort'));
    expect(new Set(b.key).size).toBe(b.count);
    expect(new Set([...a.key, ...b.key]).size).toBe(new Set([...keyOf(a).keys(), ...keyOf(b).keys()]).size);
  });

  test('50,000 paths have 50,000 keys', () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `f${i % 7};g${i % 250};h${i} 1`);
    const tree = stackTree(flameGraphFromText(lines.join('\n')));
    expect(new Set(tree.key).size).toBe(tree.count);
  });
});

test('a path of names has the key of its node, so that an address or a list can point at a frame', () => {
  const tree = stackTree(flameGraphFromText('main;work;sort 3\nmain;read 1'));
  const node = nodesToRoot(tree, [...tree.key].indexOf(keyOfPath(['main', 'work', 'sort'])));
  expect(node.map((at) => nodeName(tree, at)).slice(1)).toEqual(['main', 'work', 'sort']);
  expect(keyOfPath([])).toBe(tree.key[0]);
});
