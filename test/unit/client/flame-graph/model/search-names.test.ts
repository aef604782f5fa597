import { expect, test } from 'vitest';
import { layoutFrom } from '../../../../../client/flame-graph/model/layout.ts';
import { searchNames, searchResult } from '../../../../../client/flame-graph/model/search-names.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const layout = layoutFrom(flameGraphFromText('A;Sort;sort 4\nA;Sort 2\nA;B;sort 1\nA;B 2\nA;main.(*Server).handle 1'));
const search = (text: string) => {
  const matches = searchNames(layout.names, text);
  return matches === null ? null : searchResult(layout, matches);
};

test('the worked example: nested matches count once, case is ignored', () => {
  expect(search('sort')).toEqual({ nodes: 3, share: expect.closeTo(0.7) });
});

test('text is text, not a pattern', () => {
  expect(search('main.(*Server).h')).toEqual({ nodes: 1, share: expect.closeTo(0.1) });
  expect(search('.*')).toEqual({ nodes: 0, share: 0 });
});

test('nothing to search is no search', () => {
  expect(search('  ')).toBeNull();
});
