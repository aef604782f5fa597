import { expect, test } from 'vitest';
import { packageOfFunction } from '../../../server/profile/index.ts';

test.each([
  ['net/http.(*conn).serve', 'net/http'],
  ['main.validateQuery', 'main'],
  ['main.main.func1', 'main'],
  ['bazaar/search.(*Index).Find', 'bazaar/search'],
  ['slices.SortFunc[go.shape.[]bazaar/search.Hit,go.shape.struct { A/b.C int }]', 'slices'],
  ['bazaar/set.(*Set[go.shape.string]).Add', 'bazaar/set'],
  ['gopkg.in/yaml%2ev3.Unmarshal', 'gopkg.in/yaml.v3'],
  ['github.com/a.b/c.d', 'github.com/a.b/c'],
  ['runtime.goexit', 'runtime'],
  ['[libc.so.6]', ''],
  ['<unknown>', ''],
  ['pthread_cond_wait', ''],
  ['std::vector<a.b>::push', ''],
  ['', ''],
])('the package of %s is %j', (name, expected) => {
  expect(packageOfFunction(name)).toBe(expected);
});
