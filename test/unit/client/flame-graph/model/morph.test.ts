import { describe, expect, test } from 'vitest';
import { EMPTY_LAYOUT, type Layout, layoutFrom } from '../../../../../client/flame-graph/model/layout.ts';
import { interpolateLayouts, layoutAt, planMorph } from '../../../../../client/flame-graph/model/morph.ts';
import { nodeName, nodesToRoot } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const layout = (text: string) => layoutFrom(flameGraphFromText(text));
const paths = (of: Layout) =>
  new Map(
    Array.from({ length: of.count }, (_, i) => [
      nodesToRoot(of, i)
        .slice(1)
        .map((at) => nodeName(of, at))
        .join(';'),
      { key: of.key[i] ?? 0, x: of.x[i] ?? -1, width: of.width[i] ?? -1 },
    ]),
  );
const get = (of: Layout, path: string) => {
  const found = paths(of).get(path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found;
};

const slow = layout('main;compile;parse 6\nmain;match 2\nmain;write 2');
const fixed = layout('main;match 2\nmain;write 2');

describe('a morph', () => {
  test('half-way a removed path is strictly between, its children too', () => {
    const half = interpolateLayouts(slow, fixed, 0.5);
    expect(get(half, 'main;compile').width).toBeCloseTo(0.3);
    expect(get(half, 'main;compile;parse').width).toBeCloseTo(0.3);
  });

  test('every sibling keeps its key and glides from its old place to its new one', () => {
    const half = interpolateLayouts(slow, fixed, 0.5);
    for (const path of ['main', 'main;match', 'main;write']) {
      expect(get(half, path).key).toBe(get(slow, path).key);
      expect(get(half, path).key).toBe(get(fixed, path).key);
      expect(get(half, path).x).toBeCloseTo((get(slow, path).x + get(fixed, path).x) / 2);
    }
  });

  test('a new path grows from nothing', () => {
    const half = interpolateLayouts(fixed, slow, 0.5);
    expect(get(half, 'main;compile').width).toBeCloseTo(0.3);
    expect(get(interpolateLayouts(fixed, slow, 0), 'main;compile').width).toBe(0);
  });

  test('starts as the one and ends as the other', () => {
    expect(paths(interpolateLayouts(slow, fixed, 0))).toEqual(paths(slow));
    expect(paths(interpolateLayouts(slow, fixed, 1))).toEqual(paths(fixed));
  });

  test('at no time do siblings overlap or children leave their parent', () => {
    const other = layout('main;alloc;zero 3\nmain;match;walk 1\nmain;zip 4\nother 2');
    for (const t of [0.1, 0.37, 0.5, 0.92]) {
      const at = interpolateLayouts(slow, other, t);
      const edge = new Float64Array(at.count);
      for (let i = 1; i < at.count; i++) {
        const up = at.parent[i] ?? 0;
        const begin = at.x[i] ?? 0;
        const end = begin + (at.width[i] ?? 0);
        expect(begin).toBeGreaterThanOrEqual(Math.max(edge[up] ?? 0, at.x[up] ?? 0) - 1e-12);
        expect(end).toBeLessThanOrEqual((at.x[up] ?? 0) + (at.width[up] ?? 0) + 1e-12);
        edge[up] = end;
      }
    }
  });

  test('a new target starts from where the picture is, not from either end', () => {
    const half = interpolateLayouts(slow, fixed, 0.5);
    const back = planMorph(half, slow);
    expect(get(layoutAt(back, 0), 'main;compile').width).toBeCloseTo(0.3);
    expect(get(layoutAt(back, 1), 'main;compile').width).toBeCloseTo(0.6);
  });

  test('interruptions let go of what is nearly out, so they do not pile up', () => {
    let at = slow;
    for (let i = 0; i < 40; i++) at = interpolateLayouts(at, fixed, 0.5);
    expect(at.count).toBe(fixed.count);
  });

  test('the first picture grows from an empty one', () => {
    const first = interpolateLayouts(EMPTY_LAYOUT, slow, 0.5);
    expect(get(first, 'main;compile').width).toBeCloseTo(0.3);
  });
});
