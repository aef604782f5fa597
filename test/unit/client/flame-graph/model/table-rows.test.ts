import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../../../../client/flame-graph/model/picture.ts';
import { searchNames } from '../../../../../client/flame-graph/model/search-names.ts';
import { type RowsInput, type TableRow, tableRows } from '../../../../../client/flame-graph/model/table-rows.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { destination } from '../../../../../client/flame-graph/use-row-keys.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

const graph = flameGraphFromText('main;sort;less 80\nmain;read;wait 1\nmain;read 19\nmain;tiny;deep 1');
const picture = pictureOf({ graph, before: null, mode: 'after', per: 'total', scale: 'fit', own: [] });
const rows = (extra: Partial<RowsInput> = {}) =>
  tableRows({ picture, toggled: new Map(), sort: 'total', matches: null, ...extra });
const names = (of: readonly TableRow[]) => of.map((row) => nodeName(picture.layout, row.node));
const keyOf = (name: string) => {
  const node = Array.from({ length: picture.layout.count }, (_, i) => nodeName(picture.layout, i)).indexOf(name);
  return picture.layout.key[node] ?? 0;
};

describe('tableRows', () => {
  test('the hot path stands open, largest first; small frames are closed', () => {
    expect(names(rows())).toEqual(['all', 'main', 'sort', 'less', 'read', 'wait', 'tiny']);
  });

  test('what the reader opens or closes stays so', () => {
    const toggled = new Map([
      [keyOf('tiny'), true],
      [keyOf('sort'), false],
    ]);
    expect(names(rows({ toggled }))).toEqual(['all', 'main', 'sort', 'read', 'wait', 'tiny', 'deep']);
  });

  test('sorts by name and by self', () => {
    expect(names(rows({ sort: 'name' }))).toEqual(['all', 'main', 'read', 'wait', 'sort', 'less', 'tiny']);
    expect(names(rows({ sort: 'self' }))).toEqual(['all', 'main', 'read', 'wait', 'sort', 'less', 'tiny']);
  });

  test('a search leaves the matches and the way to them, open', () => {
    expect(names(rows({ matches: searchNames(picture.layout.names, 'DEEP') }))).toEqual([
      'all',
      'main',
      'tiny',
      'deep',
    ]);
  });

  test('levels and positions count from 1 among the shown siblings', () => {
    expect(rows().map((row) => [row.level, row.position, row.siblings])).toEqual([
      [1, 1, 1],
      [2, 1, 1],
      [3, 1, 3],
      [4, 1, 1],
      [3, 2, 3],
      [4, 1, 1],
      [3, 3, 3],
    ]);
  });
});

test('keys of the grid: right goes in or opens, left closes or goes out', () => {
  const shown = rows();
  expect(destination('ArrowRight', 2, shown)).toBe(3);
  expect(destination('ArrowRight', 6, shown)).toBeNull();
  expect(destination('ArrowLeft', 3, shown)).toBe(2);
  expect(destination('ArrowLeft', 2, shown)).toBeNull();
  expect(destination('End', 0, shown)).toBe(6);
});
