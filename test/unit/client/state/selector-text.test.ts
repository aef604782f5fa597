import { expect, test } from 'vitest';
import { completed, completionAt, matchersOf, selectorOf, withLabel } from '../../../../client/state/selector-text.ts';
import { parseSelector } from '../../../../server/store/selector.ts';

const plain = (text: string) => matchersOf(text)?.map(({ label, op, value }) => `${label} ${op} ${value}`);

test('a selector falls into its matchers', () => {
  expect(plain('{service="search", tenant=~"t.*",version!="v1", "http.route"!~"/a\\"b"}')).toEqual([
    'service = search',
    'tenant =~ t.*',
    'version != v1',
    'http.route !~ /a"b',
  ]);
  expect([plain(''), plain('{}'), plain(' { } ')]).toEqual([[], [], []]);
});

test('what is not in the usual form is left to the lab', () => {
  for (const text of ['service="x"', '{service=x}', '{service="x"', '{service="x" tenant="y"}', "{service='x'}"]) {
    expect(matchersOf(text)).toBeNull();
  }
});

test('matchers written again are what the lab reads', () => {
  const text = '{service="a,b}", "odd name"=~"x\\\\.y", é="no"}';
  const matchers = [
    { label: 'service', op: '=' as const, value: 'a,b}"\\' },
    { label: 'odd "name"', op: '=~' as const, value: 'x\\.y' },
  ];
  expect(matchersOf(text)).toBeNull();
  expect(parseSelector(selectorOf(matchers))).toMatchObject(matchers);
  expect(matchersOf(selectorOf(matchers))).toMatchObject(matchers);
});

test('choosing a label value replaces what the selector said about that label', () => {
  expect(withLabel('{service=~"s.*", tenant="t1"}', 'service', 'search')).toBe('{tenant="t1", service="search"}');
  expect(withLabel('{service="search"}', 'service', '')).toBe('');
});

/** The caret stands at |. */
function complete(marked: string, chosen: string): string | null {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const at = completionAt(text, caret);
  if (at === null) return null;
  const result = completed(text, at, chosen);
  return `${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`;
}

test('label names complete where a label may stand', () => {
  expect(complete('|', 'service')).toBe('{service=|');
  expect(complete('{ser|', 'service')).toBe('{service=|');
  expect(complete('{ser|vic="x"}', 'service')).toBe('{service|="x"}');
  expect(complete('{service="a", t|', 'http.route')).toBe('{service="a", "http.route"=|');
});

test('values complete after an operator, and the selector is then whole', () => {
  expect(complete('{service=|', 'search')).toBe('{service="search"|}');
  expect(complete('{service="se|', 'search')).toBe('{service="search"|}');
  expect(complete('{service="se|a", tenant="x"}', 'search')).toBe('{service="search"|, tenant="x"}');
  expect(complete('{tenant=~"|"}', 'say "hi"')).toBe('{tenant=~"say \\"hi\\""|}');
  expect(completionAt('{service="se', 12)).toMatchObject({ of: 'value', label: 'service', typed: 'se' });
});

test('nothing completes behind a finished value or the end', () => {
  expect(complete('{service="a"|', 'x')).toBeNull();
  expect(complete('{service="a"}|', 'x')).toBeNull();
  expect(complete('{service="a, t|"', 'x')).toBe('{service="x"|}');
});
