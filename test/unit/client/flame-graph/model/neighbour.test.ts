import { expect, test } from 'vitest';
import { layoutFrom } from '../../../../../client/flame-graph/model/layout.ts';
import { type Direction, neighbour } from '../../../../../client/flame-graph/model/neighbour.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const layout = layoutFrom(flameGraphFromText('B;d 1\nB;e 3\nC;f 1\nC;none 0'));
const node = (name: string) => Array.from({ length: layout.count }, (_, i) => nodeName(layout, i)).indexOf(name);
const from = (name: string, direction: Direction) => nodeName(layout, neighbour(layout, node(name), direction));

test('arrows go to the parent, the widest child, and along the row to cousins', () => {
  expect(from('e', 'parent')).toBe('B');
  expect(from('B', 'child')).toBe('e');
  expect(from('e', 'next')).toBe('f');
  expect(from('f', 'previous')).toBe('e');
});

test('at an end they stay, and frames without width are passed over', () => {
  expect(from('all', 'parent')).toBe('all');
  expect(from('d', 'child')).toBe('d');
  expect(from('f', 'next')).toBe('f');
});
