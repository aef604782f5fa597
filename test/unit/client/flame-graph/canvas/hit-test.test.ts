import { expect, test } from 'vitest';
import { nodeAt } from '../../../../../client/flame-graph/canvas/hit-test.ts';
import { layoutFrom } from '../../../../../client/flame-graph/model/layout.ts';
import { planMorph, stillMorph } from '../../../../../client/flame-graph/model/morph.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const layout = (text: string) => layoutFrom(flameGraphFromText(text));

test('finds the frame under a point of its row, nothing beside or above it', () => {
  const morph = stillMorph(layout('A;B;D 4\nA;C 1\nA 1'));
  const at = (x: number, depth: number) => {
    const node = nodeAt(morph, 1, x, depth);
    return node < 0 ? null : nodeName(morph, node);
  };
  expect([at(0.1, 0), at(0.1, 1), at(0.1, 2), at(0.1, 3), at(0.1, 4)]).toEqual(['all', 'A', 'B', 'D', null]);
  expect([at(0.7, 2), at(0.7, 3), at(0.9, 2), at(1.2, 0), at(0.5, -1)]).toEqual(['C', null, null, null, null]);
});

test('while it morphs, finds what is seen at that moment', () => {
  const morph = planMorph(layout('A 6\nB 6'), layout('B 6'));
  const at = (t: number) => nodeName(morph, nodeAt(morph, t, 0.2, 1));
  expect([at(0), at(0.5), at(1)]).toEqual(['A', 'A', 'B']);
});
