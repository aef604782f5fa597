import { describe, expect, test } from 'vitest';
import { comparablePer, diffGraphs } from '../../../../../client/flame-graph/model/diff-graphs.ts';
import { layoutDifference } from '../../../../../client/flame-graph/model/layout.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const before = flameGraphFromText('main;sort 30\nmain;read 20', { requests: 10 });
const after = flameGraphFromText('main;sort 20\nmain;copy 20', { requests: 20, durationNanos: 2e9 });

describe('diffGraphs', () => {
  test('the worked example: per request, before → after and the change', () => {
    const joined = diffGraphs(before, after, 'request');
    const rows = Array.from({ length: joined.count }, (_, i) => [
      nodeName(joined, i),
      joined.before[i],
      joined.after[i],
      joined.delta[i],
    ]);
    expect(rows).toEqual([
      ['all', 5, 2, -3],
      ['main', 5, 2, -3],
      ['copy', 0, 1, 1],
      ['read', 2, 0, -2],
      ['sort', 3, 1, -2],
    ]);
  });

  test('per second divides by the profiled time of each side', () => {
    expect(diffGraphs(before, after, 'second').after[0]).toBe(20);
  });

  test('without request counts it is refused, and comparablePer answers the next that works', () => {
    const unknown = flameGraphFromText('main 1', { requests: null });
    expect(() => diffGraphs(before, unknown, 'request')).toThrow(RangeError);
    expect(comparablePer('request', before, unknown)).toBe('second');
    expect(comparablePer('request', before, after)).toBe('request');
    expect(comparablePer('total', before, after)).toBe('total');
  });
});

test('a frame of the difference is as wide as its share of both sides together, so none is hidden', () => {
  const drawn = layoutDifference(diffGraphs(before, after, 'request'), () => new Uint8Array(5));
  expect([...drawn.width].map((width) => Math.round(width * 7))).toEqual([7, 7, 1, 2, 4]);
});
