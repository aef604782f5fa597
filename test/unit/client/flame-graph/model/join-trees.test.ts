import { expect, test } from 'vitest';
import { joinTrees } from '../../../../../client/flame-graph/model/join-trees.ts';
import { stackTree } from '../../../../../client/flame-graph/model/stack-tree.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const tree = (text: string) => stackTree(flameGraphFromText(text));

test('the worked example: every path once, with its node on each side', () => {
  const joined = joinTrees(tree('v;y 1\nw 1'), tree('v;z 1'));
  expect(Array.from({ length: joined.count }, (_, i) => nodeName(joined, i))).toEqual(['all', 'v', 'y', 'z', 'w']);
  expect([...joined.inA]).toEqual([0, 1, 2, -1, 3]);
  expect([...joined.inB]).toEqual([0, 1, -1, 2, -1]);
  expect([...joined.parent]).toEqual([-1, 0, 1, 1, 0]);
  expect([...joined.end]).toEqual([5, 4, 3, 4, 5]);
});

test('a tree joined with itself is itself', () => {
  const a = tree('m;a;b 1\nm;(trimmed) 2\nm;c 3');
  const joined = joinTrees(a, a);
  expect([...joined.inA]).toEqual([...joined.inB]);
  expect([...joined.key]).toEqual([...a.key]);
});

test('a symbol carries the file of the newer side', () => {
  const joined = joinTrees(tree('sort@old.go 1'), tree('sort@new.go 1'));
  expect(joined.names.frames.map((frame) => frame.file)).toEqual(['new.go']);
});
