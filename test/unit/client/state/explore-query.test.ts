import { expect, test } from 'vitest';
import {
  DEFAULT_QUERY,
  type ExploreQuery,
  queryFromSearch,
  searchOfQuery,
} from '../../../../client/state/explore-query.ts';

const EVERYTHING: ExploreQuery = {
  kind: 'heap',
  type: 'inuse_space',
  match: '{service="a&b", "http.route"=~"/x?y=1|#"}',
  from: 1_000,
  to: 2_000,
  focus: '^main\\.',
  ignore: 'runtime|gc+',
  hide: 'net/http',
  by: 'tenant',
  b: { match: '{version="v2"}', from: 3_000, to: null },
  per: 'profile',
  side: 'b',
  view: 'sandwich',
  function: 'main.F[go.shape.struct { a int; b int }]',
  file: 'a b/c.go',
  line: 12,
  zoom: ['main.main', 'main.F[go.shape.struct { a int; b int }]', 'ünïcode'],
  search: 'sort & find',
  look: { tree: 'packages', off: ['std', 'runtime'], offAs: 'left-out', onlyFound: true },
  views: { filter: 'json', order: { by: 'name', descending: true }, rows: 'self', build: 'v2' },
  live: null,
  axis: { from: 500, to: 9_000 },
};

test('what an address says comes back from it, every part', () => {
  for (const query of [EVERYTHING, { ...DEFAULT_QUERY, live: '1h' as const }, { ...DEFAULT_QUERY, live: null }]) {
    expect(queryFromSearch(searchOfQuery(query))).toEqual({ query, problems: [] });
  }
});

test('an order is said with .up only where it is not the usual one of its column', () => {
  const orderOf = (search: string) => queryFromSearch(search).query.views.order;
  expect(orderOf('?order=cum')).toEqual({ by: 'cum', descending: true });
  expect(orderOf('?order=flat.up')).toEqual({ by: 'flat', descending: false });
  expect(orderOf('?order=name')).toEqual({ by: 'name', descending: false });
  const query = {
    ...DEFAULT_QUERY,
    views: { ...DEFAULT_QUERY.views, order: { by: 'flat', descending: false } as const },
  };
  expect(searchOfQuery(query)).toContain('order=flat.up');
  expect(queryFromSearch('?order=size').problems).toEqual([
    'The parameter order says "size"; expected one of flat, high, cum, name, each also with .up.',
  ]);
});

test('no parameters are the last five minutes; none about time, as in the API, everything', () => {
  expect(queryFromSearch('').query.live).toBe('5m');
  expect(queryFromSearch('?kind=cpu').query).toMatchObject({ live: null, from: null, to: null });
});

test('times are RFC 3339 or Unix milliseconds', () => {
  expect(queryFromSearch('?from=1970-01-01T00:00:01Z&to=1970-01-01T01:00:02%2B01:00').query).toMatchObject({
    from: 1_000,
    to: 2_000,
  });
});

test('a parameter that makes no sense is named with what it says; the others still hold', () => {
  const { query, problems } = queryFromSearch('?kind=CPU!&from=yesterday&to=5&view=pie&match={}&colour=red&per=day');
  expect(query).toMatchObject({ kind: 'cpu', from: null, to: 5, view: 'flame', match: '{}', per: null });
  expect(problems).toEqual([
    'There is no parameter "colour".',
    'The parameter from says "yesterday"; expected RFC 3339 (2026-01-02T15:04:05Z) or Unix milliseconds.',
    'The parameter kind says "CPU!"; expected a word such as cpu, allocs or heap.',
    'The parameter per says "day"; expected one of request, second, profile, total.',
    'The parameter view says "pie"; expected one of flame, icicle, table, top, sandwich, source, labels.',
  ]);
});

test('a window that ends before it starts is left out, and so is a second value', () => {
  expect(queryFromSearch('?from=9&to=5').problems).toEqual(['from lies after to: both are left out.']);
  const twice = queryFromSearch('?kind=heap&kind=cpu');
  expect(twice.query.kind).toBe('heap');
  expect(twice.problems).toEqual(['The parameter kind is there more than once: the first is taken.']);
});

test('a fixed window or a comparison ends live', () => {
  expect(queryFromSearch('?live=5m&from=1').query.live).toBeNull();
  expect(queryFromSearch('?live=5m&b.match={}').query.live).toBeNull();
  expect(queryFromSearch('?side=b').query.side).toBeNull();
});

test('an address stays short enough to be answered: of a very deep zoom the outer frames stay', () => {
  const zoom = Array.from({ length: 1_000 }, (_, i) => `main.(*Server).recurse${i}`);
  const search = searchOfQuery({ ...EVERYTHING, zoom });
  expect(search.length).toBeLessThan(8_000);
  const kept = queryFromSearch(search).query.zoom;
  expect(kept.length).toBeGreaterThan(100);
  expect(kept).toEqual(zoom.slice(0, kept.length));
});

test('a look that is as usual takes no room in the address; families that don’t exist are named', () => {
  expect(searchOfQuery(DEFAULT_QUERY)).toBe('?kind=cpu&live=5m');
  const { query, problems } = queryFromSearch('?kind=cpu&off=std,gc&tree=families');
  expect(query.look).toEqual({ tree: 'families', off: [], offAs: 'faded', onlyFound: false });
  expect(problems).toEqual(['The parameter off says "std,gc"; expected some of own,module,std,runtime.']);
});
