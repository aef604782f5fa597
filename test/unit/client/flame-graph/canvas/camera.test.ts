import { describe, expect, test } from 'vitest';
import {
  createCamera,
  rowsInView,
  viewOf,
  WHOLE,
  zoomedNode,
} from '../../../../../client/flame-graph/canvas/camera.ts';
import { createTween } from '../../../../../client/flame-graph/canvas/tween.ts';
import { layoutFrom } from '../../../../../client/flame-graph/model/layout.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const slow = layoutFrom(flameGraphFromText('main;compile;parse 6\nmain;match 2'));
const fixed = layoutFrom(flameGraphFromText('main;match 2'));

test('a tween goes from 0 to 1 and is then at rest', () => {
  const tween = createTween();
  expect([tween.at(5), tween.running(5)]).toEqual([1, false]);
  tween.start(400);
  expect(tween.at(100)).toBe(0);
  expect(tween.at(300)).toBeGreaterThan(0.5);
  expect([tween.at(500), tween.running(499), tween.running(500)]).toEqual([1, true, false]);
});

test('a camera turns round where it is, not at either end', () => {
  const camera = createCamera();
  camera.moveTo({ x0: 0.5, x1: 1 }, 0, 400);
  camera.at(0);
  const half = camera.at(200);
  camera.moveTo(WHOLE, 200, 400);
  expect(camera.at(200)).toEqual(half);
  expect(camera.at(600)).toEqual(WHOLE);
});

describe('a zoom', () => {
  const keys = [0, 1, 2, 3].map((node) => slow.key[node] ?? 0);

  test('shows the frame that it was made into', () => {
    const node = zoomedNode(slow, keys);
    expect(nodeName(slow, node)).toBe('parse');
    expect(viewOf(slow, node)).toEqual({ x0: 0, x1: 0.75 });
  });

  test('falls back to the nearest frame that a fix has left', () => {
    expect(nodeName(fixed, zoomedNode(fixed, keys))).toBe('main');
  });

  test('without a path is none', () => {
    expect(zoomedNode(slow, [])).toBe(-1);
    expect(viewOf(slow, -1)).toEqual(WHOLE);
  });
});

test('only rows that can be seen count', () => {
  expect(rowsInView(slow, WHOLE, 0.001)).toBe(4);
  expect(rowsInView(slow, { x0: 0.8, x1: 1 }, 0.001)).toBe(3);
  expect(rowsInView(slow, WHOLE, 0.9)).toBe(2);
});
