import { describe, expect, test } from 'vitest';
import { captionOf, spareWords } from '../../../../client/flame-graph/caption.ts';
import { factsOf } from '../../../../client/flame-graph/frame-tooltip.tsx';
import { diffNotes } from '../../../../client/flame-graph/model/diff-notes.ts';
import {
  frameDetails,
  hasNegativeTotal,
  type PictureInput,
  pictureOf,
} from '../../../../client/flame-graph/model/picture.ts';
import { tableRows } from '../../../../client/flame-graph/model/table-rows.ts';
import { nodeName } from '../../../../client/flame-graph/model/tree-shape.ts';
import { columnsOf } from '../../../../client/flame-graph/tree-row.tsx';
import { flameGraphFromText } from '../../../support/flame-graph-from-text.ts';

const before = flameGraphFromText('main;compile 60\nmain;match 40', { requests: 10 });
const after = flameGraphFromText('main;match 80', { requests: 20 });
const picture = (mode: PictureInput['mode']) =>
  pictureOf({ graph: after, before, mode, per: 'request', scale: 'common', own: [] });

describe('before the prediction', () => {
  test.each(['before', 'after', 'difference'] as const)('the %s view says no number of the profile', (mode) => {
    const hidden = { ...picture(mode), numbers: false };
    expect(spareWords(hidden)).toBe('');
    expect(factsOf(frameDetails(hidden, 1), hidden)).toEqual([]);
    expect(captionOf(hidden)).toMatch(/^\d+ frames$/);
  });
});

test('a frame of a difference has one percentage: of all that the first side costs', () => {
  const worse = flameGraphFromText('main;compile 240\nmain;match 60', { requests: 20 });
  const shown = pictureOf({ graph: worse, before, mode: 'difference', per: 'request', scale: 'fit', own: [] });
  const names = Array.from({ length: shown.layout.count }, (_, node) => nodeName(shown.layout, node));
  const notes = diffNotes(shown.difference);
  const said = names.map((name, node) => [name, notes?.(node), factsOf(frameDetails(shown, node), shown).at(-1)]);
  expect(said).toEqual([
    ['all', '+50\u00a0% ', ['Of the total before', '+50\u00a0%']],
    ['main', '+50\u00a0% ', ['Of the total before', '+50\u00a0%']],
    ['compile', '+60\u00a0% ', ['Of the total before', '+60\u00a0%']],
    ['match', '−10\u00a0% ', ['Of the total before', '−10\u00a0%']],
  ]);
});

describe('two saves', () => {
  const sides = { before: '14:03:07', after: '14:05:10' };

  test('are called by their times, beside the root and in the facts', () => {
    expect(spareWords({ ...picture('after'), sides })).toMatch(/ per request against 14:03:07$/);
    const difference = { ...picture('difference'), sides };
    const titles = factsOf(frameDetails(difference, 1), difference).map(([title]) => title);
    expect(titles).toEqual(['14:03:07 per request', '14:05:10 per request', 'Change', 'Of 14:03:07’s total']);
  });

  test('are called by their times over the columns of the table', () => {
    const titles = (words: object) => columnsOf({ ...picture('difference'), ...words }).map(({ title }) => title);
    expect(titles({ sides })).toEqual(['14:03:07 / request', '14:05:10 / request', 'Change']);
    expect(titles({})).toEqual(['Before / request', 'After / request', 'Change']);
  });

  test('a change is called before and after', () => {
    expect(spareWords(picture('after'))).toMatch(/ per request against before$/);
    const titles = factsOf(frameDetails(picture('difference'), 1), picture('difference')).map(([title]) => title);
    expect(titles.slice(0, 2)).toEqual(['Before per request', 'After per request']);
  });
});

describe('a total below zero', () => {
  const freed = flameGraphFromText('main;cache -90\nmain;index 40');

  test('has no picture, nor has a difference from it; its frames have no shares', () => {
    const shown = pictureOf({ graph: freed, before: null, mode: 'after', per: 'total', scale: 'fit', own: [] });
    const difference = pictureOf({ graph: freed, before, mode: 'difference', per: 'total', scale: 'fit', own: [] });
    expect([shown, difference, picture('after'), picture('difference')].map(hasNegativeTotal)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(Object.fromEntries(factsOf(frameDetails(shown, 1), shown)).Total).toBe('−50\u00a0ns · —');
  });

  test('has the largest frames first in its rows, and open, whatever their sign', () => {
    const shown = pictureOf({ graph: freed, before: null, mode: 'after', per: 'total', scale: 'fit', own: [] });
    const rows = tableRows({ picture: shown, toggled: new Map(), sort: 'total', matches: null });
    expect(rows.map(({ node }) => nodeName(shown.layout, node))).toEqual(['all', 'main', 'cache', 'index']);
  });
});

describe('numbers beyond 2^53', () => {
  const beyond = { ...after, saturated: true };

  test.each(['after', 'difference'] as const)('are said to be not exact under the %s view', (mode) => {
    const caption = captionOf(pictureOf({ graph: beyond, before, mode, per: 'request', scale: 'fit', own: [] }));
    expect(caption).toMatch(/frames · numbers beyond 2\^53 are shown as 2\^53; export the pprof for exact ones$/);
    expect(captionOf(picture(mode))).not.toContain('2^53');
  });
});
