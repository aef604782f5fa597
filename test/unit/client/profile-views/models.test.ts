import { describe, expect, test } from 'vitest';
import { addMatcher } from '../../../../client/profile-views/model/add-matcher.ts';
import { formatRange } from '../../../../client/profile-views/model/format-range.ts';
import { functionAsRoot } from '../../../../client/profile-views/model/function-as-root.ts';
import { hottestFirst, hottestLineOf, lineCosts } from '../../../../client/profile-views/model/line-heat.ts';
import { sparklinePath } from '../../../../client/profile-views/model/sparkline.ts';
import { largestFlat, nextOrder, topRows } from '../../../../client/profile-views/model/top-rows.ts';
import type { TopTable } from '../../../../protocol/index.ts';
import { parseSelector } from '../../../../server/store/index.ts';
import { flameGraphFromText } from '../../../support/flame-graph-from-text.ts';

const NO_BREAK_SPACE = '\u00a0';

describe('a selector that wants one more label', () => {
  test.each([
    ['', 'tenant', 'acme', '{tenant="acme"}'],
    ['{}', 'tenant', '', '{tenant=""}'],
    ['{service="search"}', 'tenant', 'acme', '{service="search",tenant="acme"}'],
    ['{service="search", }', 'http.route', '/a', '{service="search","http.route"="/a"}'],
  ])('%s and %s=%s is %s', (match, label, value, wanted) => {
    expect(addMatcher(match, label, value)).toBe(wanted);
  });

  test.each(['"}', '\\', 'a,b="c"', 'line\nbreak', '{x}', '`'])('takes %j as the lab reads it back', (value) => {
    const [first, second] = parseSelector(addMatcher('{a="}"}', 'odd label', value));
    expect([first?.value, second?.label, second?.value]).toEqual(['}', 'odd label', value]);
  });
});

describe('rows of the top table', () => {
  const row = (name: string, flat: number, cum: number, high: number | null = null) => ({
    name,
    file: `${name}.go`,
    flat,
    cum,
    flatLow: high === null ? null : 0,
    flatHigh: high,
  });
  const table: TopTable = {
    unit: 'count',
    total: 10,
    rows: [row('b.sort', 6, 6, 9), row('a.Find', 3, 10, 4), row('c.find', 3, 3)],
  };
  const names = (text: string, by: 'name' | 'flat' | 'cum' | 'high', descending: boolean) =>
    topRows(table, text, { by, descending }).rows.map(({ name }) => name);

  test('are in the order that was asked for, equal ones by name', () => {
    expect(names('', 'flat', true)).toEqual(['b.sort', 'a.Find', 'c.find']);
    expect(names('', 'cum', true)).toEqual(['a.Find', 'b.sort', 'c.find']);
    expect(names('', 'name', false)).toEqual(['a.Find', 'b.sort', 'c.find']);
    expect(names('', 'high', false)).toEqual(['a.Find', 'b.sort', 'c.find']);
    expect(names('', 'flat', false)).toEqual(['a.Find', 'c.find', 'b.sort']);
  });

  test('are found by plain text in name or file, and summed', () => {
    const found = topRows(table, ' FIND ', { by: 'flat', descending: true });
    expect([found.rows.length, found.flat]).toEqual([2, 6]);
    expect(names('sort.go', 'flat', true)).toEqual(['b.sort']);
    expect(names('.*', 'flat', true)).toEqual([]);
  });

  test('are ordered by size, whatever the sign: what gave much back is no small thing', () => {
    const freed = { ...table, total: -6, rows: [row('a.add', 1, 1), row('b.free', -7, -7)] };
    expect(topRows(freed, '', { by: 'flat', descending: true }).rows.map(({ name }) => name)).toEqual([
      'b.free',
      'a.add',
    ]);
  });

  test('turn when a column is asked for again', () => {
    expect(nextOrder({ by: 'flat', descending: true }, 'flat')).toEqual({ by: 'flat', descending: false });
    expect(nextOrder({ by: 'flat', descending: true }, 'name')).toEqual({ by: 'name', descending: false });
    expect(nextOrder({ by: 'name', descending: false }, 'cum')).toEqual({ by: 'cum', descending: true });
  });

  test('share one scale that every interval fits into', () => expect(largestFlat(table)).toBe(9));
});

describe('a course over time', () => {
  test('is drawn from 0 to its largest value', () => {
    expect(sparklinePath([0, 4, 2], 20, 10)).toBe('M0,10 L10,0 L20,5');
  });
  test('that is 0 throughout lies on the ground, one below 0 under it', () => {
    expect(sparklinePath([0, 0], 20, 10)).toBe('M0,10 L20,10');
    expect(sparklinePath([-1, 1], 20, 10)).toBe('M0,10 L20,0');
  });
  test('takes two points', () => expect(sparklinePath([3], 20, 10)).toBe(''));
});

describe('an interval in text', () => {
  test('says a shared unit once', () => {
    expect(formatRange(1.21e9, 1.43e9, 'nanoseconds')).toBe(`1.21–1.43${NO_BREAK_SPACE}s`);
    expect(formatRange(980e6, 1.1e9, 'nanoseconds')).toBe(`980${NO_BREAK_SPACE}ms–1.1${NO_BREAK_SPACE}s`);
    expect(formatRange(1, 2, 'count')).toBe('1–2');
    expect(formatRange(-3e6, 1e6, 'nanoseconds')).toBe(`−3${NO_BREAK_SPACE}ms to 1${NO_BREAK_SPACE}ms`);
    expect(formatRange(0, 70e6, 'nanoseconds')).toBe(`0–70${NO_BREAK_SPACE}ms`);
  });
});

describe('half a sandwich', () => {
  test('has its function as the root', () => {
    const { nodes, frames } = functionAsRoot(
      flameGraphFromText('main.sort;main.less 4\nmain.sort;main.swap 1\nmain.sort 1'),
    );
    expect(nodes.frame.map((frame) => frames[frame]?.name)).toEqual(['main.sort', 'main.less', 'main.swap']);
    expect([nodes.parent, nodes.total, nodes.self]).toEqual([
      [-1, 0, 0],
      [6, 4, 1],
      [1, 4, 1],
    ]);
  });

  test('takes functions of one name in two files together, and keeps what was trimmed', () => {
    const graph = flameGraphFromText('main.f;main.a 3\nmain.g;main.b 2');
    const f = graph.frames.findIndex(({ name }) => name === 'main.f');
    const g = graph.frames.findIndex(({ name }) => name === 'main.g');
    const twins = graph.frames.map((frame, at) => (at === g ? { ...frame, name: 'main.f', file: 'other.go' } : frame));
    const nodes = {
      parent: [...graph.nodes.parent, 0],
      frame: [...graph.nodes.frame, -2],
      total: [...graph.nodes.total, 1],
      self: [...graph.nodes.self, 0],
    };
    const root = functionAsRoot({ ...graph, total: 6, frames: twins, nodes });
    expect(root.nodes.frame[0] === f || root.nodes.frame[0] === g).toBe(true);
    expect(root.nodes.parent).toEqual([-1, 0, 0, 0]);
    expect(root.nodes.total).toEqual([6, 3, 2, 1]);
    expect(root.nodes.frame.at(-1)).toBe(-2);
  });
});

describe('costs of lines', () => {
  const line = (at: number, name: string, flat: number, cum: number) => ({ line: at, function: name, flat, cum });
  const costs = lineCosts({
    lines: [line(0, 'main.x', 9, 9), line(7, 'Sort[int]', 1, 4), line(7, 'Sort[string]', 0, 2), line(9, 'less', 3, 3)],
  });

  test('take functions that share a line together, and leave unknown lines out', () => {
    expect(costs).toEqual([
      { line: 7, flat: 1, cum: 6, heat: 1 },
      { line: 9, flat: 3, cum: 3, heat: 0.5 },
    ]);
  });

  test('lead from the hottest line on', () => {
    const same = [...costs, { line: 3, flat: 3, cum: 3, heat: 0.5 }, { line: 8, flat: 4, cum: 3, heat: 0.5 }];
    expect(hottestFirst(same).map((cost) => cost.line)).toEqual([7, 8, 3, 9]);
  });

  test('lead to where a function costs most, not the file', () => {
    const lines = [line(7, 'main.sort', 1, 90), line(20, 'main.less', 1, 4), line(22, 'main.less', 3, 6)];
    expect(hottestLineOf({ lines }, 'main.less')).toBe(22);
    expect([hottestLineOf({ lines }, null), hottestLineOf({ lines }, 'main.other')]).toEqual([7, 7]);
    expect(hottestLineOf({ lines: [] }, 'main.less')).toBe(0);
  });

  test('of a file that only gives memory back have no heat', () => {
    expect(lineCosts({ lines: [line(1, 'main.x', -1, -1)] })).toEqual([{ line: 1, flat: -1, cum: -1, heat: 0 }]);
  });
});
