import { describe, expect, test } from 'vitest';
import { diffNotes } from '../../../../../client/flame-graph/model/diff-notes.ts';
import { frameDetails, type PictureInput, pictureOf } from '../../../../../client/flame-graph/model/picture.ts';
import { DIFF_TINT, diffStep, FAMILY_TINT } from '../../../../../client/flame-graph/model/tint.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const before = flameGraphFromText('main;compile 60\nmain;match 40', { requests: 10 });
const after = flameGraphFromText('main;match 80', { requests: 20, durationNanos: 2e9 });
const picture = (extra: Partial<PictureInput>) =>
  pictureOf({ graph: after, before, mode: 'after', per: 'request', scale: 'common', own: [], ...extra });

describe('pictureOf', () => {
  test('on a common scale the cheaper graph is the narrower one, and what stayed keeps its width', () => {
    expect(picture({}).layout.width[0]).toBeCloseTo(0.4);
    const [all, main, match] = picture({}).layout.width;
    expect([all, main, match]).toEqual([0.4, 0.4, 0.4]);
    expect([...picture({ mode: 'before' }).layout.width]).toEqual([1, 1, 0.6, 0.4]);
  });

  test('says what the whole costs against the other graph', () => {
    expect(picture({}).against).toEqual({ side: 'before', delta: -6, ratio: -0.6 });
    expect(picture({ before: null }).against).toBeNull();
  });

  test('fitted, every graph fills the width', () => {
    expect(picture({ scale: 'fit' }).layout.width[0]).toBe(1);
  });

  test('details have every number, shares independent of the scale', () => {
    const shown = picture({});
    expect(frameDetails(shown, 2)).toMatchObject({
      name: 'match',
      path: ['main', 'match'],
      total: 80,
      self: 80,
      share: 1,
      perRequest: 4,
      perSecond: 40,
      change: null,
    });
  });

  test('the difference joins both, with sign in text and colour', () => {
    const shown = picture({ mode: 'difference' });
    const rows = Array.from({ length: shown.layout.count }, (_, i) => {
      const { change } = frameDetails(shown, i);
      return [nodeName(shown.layout, i), change?.delta, shown.layout.tint[i], diffNotes(shown.difference)?.(i)];
    });
    expect(rows).toEqual([
      ['all', -6, DIFF_TINT, '−60\u00a0% '],
      ['main', -6, DIFF_TINT, '−60\u00a0% '],
      ['compile', -6, DIFF_TINT, '−60\u00a0% '],
      ['match', 0, DIFF_TINT + 3, ''],
    ]);
  });

  test('without a graph, or a baseline, there is nothing or no comparison to show', () => {
    expect(picture({ graph: null }).layout.count).toBe(0);
    expect(picture({ before: null, mode: 'before' }).layout.count).toBe(0);
    expect(picture({ before: null, mode: 'difference' }).difference).toBeNull();
  });

  test('own code has its hue', () => {
    const tint = picture({}).layout.tint[2] ?? 0;
    expect(tint - FAMILY_TINT.own).toBeGreaterThanOrEqual(0);
    expect(tint - FAMILY_TINT.own).toBeLessThan(4);
  });
});

test('the steps of the difference', () => {
  expect([0, 0.004, -0.004, 0.005, -0.06, 0.5, -1].map(diffStep)).toEqual([0, 0, 0, 1, -2, 3, -3]);
});
