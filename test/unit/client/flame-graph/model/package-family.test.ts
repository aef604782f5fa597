import { expect, test } from 'vitest';
import { bareName, familyOf, packageOf, shortName } from '../../../../../client/flame-graph/model/package-family.ts';

test.each([
  ['main.(*server).handle', 'own'],
  ['bazaar/search.(*Engine).Match', 'own'],
  ['github.com/acme/shop/cart.Add', 'own'],
  ['github.com/acme/shopping.Add', 'module'],
  ['golang.org/x/sync/errgroup.(*Group).Go', 'module'],
  ['net/http.(*conn).serve', 'std'],
  ['regexp.Compile', 'std'],
  ['slices.SortFunc[go.shape.[]github.com/acme/shop/cart.Item]', 'std'],
  ['runtime.mallocgc', 'runtime'],
  ['internal/runtime/maps.(*Map).getWithKey', 'runtime'],
  ['gcWriteBarrier', 'runtime'],
])('%s is %s', (name, family) => {
  expect(familyOf({ name, package: '' }, ['github.com/acme/shop'])).toBe(family);
});

test('names are cut at their import path, not inside type arguments or receivers', () => {
  expect(packageOf('slices.SortFunc[go.shape.[]a/b.C]')).toBe('slices');
  expect(shortName('net/http.(*conn).serve')).toBe('http.(*conn).serve');
  expect(shortName('github.com/a/b.Map[github.com/x/y.K]')).toBe('b.Map[github.com/x/y.K]');
  expect(bareName('net/http.(*conn).serve')).toBe('(*conn).serve');
  expect(shortName('GET /reports/sales.csv')).toBe('GET /reports/sales.csv');
});
