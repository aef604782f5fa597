import { expect, test } from 'vitest';
import { layoutFrom } from '../../../../../client/flame-graph/model/layout.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const round = (value: number) => Math.round(value * 1_000) / 1_000;

test('the worked example: children from the left edge of their parent, self time at its right', () => {
  const layout = layoutFrom(flameGraphFromText('A;B;D 4\nA;C 1\nA 1'));
  const rows = Array.from({ length: layout.count }, (_, i) => [
    nodeName(layout, i),
    round(layout.x[i] ?? -1),
    round(layout.width[i] ?? -1),
    layout.depth[i],
  ]);
  expect(rows).toEqual([
    ['all', 0, 1, 0],
    ['A', 0, 1, 1],
    ['B', 0, 0.667, 2],
    ['D', 0, 0.667, 3],
    ['C', 0.667, 0.167, 2],
  ]);
});

test('a scale draws the whole graph narrower', () => {
  const layout = layoutFrom(flameGraphFromText('A 3\nB 1'), 0.5);
  expect([...layout.width]).toEqual([0.5, 0.375, 0.125]);
});

test('a graph of zeros has no widths below the root, and no NaN', () => {
  expect([...layoutFrom(flameGraphFromText('A;B 0')).width]).toEqual([1, 0, 0]);
});

test('children that are more than their parent together share its width: none reaches beyond it', () => {
  const layout = layoutFrom(flameGraphFromText('A;B;D 15\nA;C -5\nE 10'));
  const wide = Object.fromEntries(Array.from(layout.width, (width, i) => [nodeName(layout, i), round(width)]));
  expect(wide).toEqual({ all: 1, A: 0.5, B: 0.5, D: 0.5, C: 0, E: 0.5 });
});
