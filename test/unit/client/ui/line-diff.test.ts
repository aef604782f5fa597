import { expect, test } from 'vitest';
import { foldUnchanged, lineDiff, pairLines } from '../../../../client/ui/line-diff.ts';

const SIGN = { same: ' ', removed: '-', added: '+' };
const drawn = (before: string, after: string) =>
  lineDiff(before, after).map(({ change, text }) => `${SIGN[change]}${text}`);

test('a changed line stands between its unchanged neighbours', () => {
  expect(drawn('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
});

test('an inserted line is added alone, also among repeated ones', () => {
  expect(drawn('{\n}\n{\n}', '{\n}\nnew\n{\n}')).toEqual([' {', ' }', '+new', ' {', ' }']);
});

test('both texts can be read back from any difference', () => {
  const texts = ['', 'a', 'a\nb\nc\nd', 'b\nc', 'd\nc\nb\na', 'a\na\na\nb', 'x\n\n\ny\n'];
  for (const before of texts) {
    for (const after of texts) {
      const lines = lineDiff(before, after);
      const side = (left: 'removed' | 'added') =>
        lines
          .filter(({ change }) => change !== left)
          .map(({ text }) => text)
          .join('\n');
      expect([side('added'), side('removed')]).toEqual([before, after]);
    }
  }
});

test('lines are numbered on the sides where they are', () => {
  expect(lineDiff('a\nb', 'a\nx').map(({ oldLine, newLine }) => [oldLine, newLine])).toEqual([
    [1, 1],
    [2, null],
    [null, 2],
  ]);
});

test('unchanged stretches beyond the context are counted, not shown', () => {
  const before = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n');
  const parts = foldUnchanged(lineDiff(before, before.replace('line 10', 'other')), 2);
  expect(parts.map((part) => (part.kind === 'skipped' ? part.count : part.lines.length))).toEqual([8, 6, 7]);
});

test('removed lines stand beside the added ones that replace them', () => {
  const rows = pairLines(lineDiff('a\nb\nc\nz', 'a\nx\nz'));
  expect(rows.map(({ left, right }) => [left?.text, right?.text])).toEqual([
    ['a', 'a'],
    ['b', 'x'],
    ['c', undefined],
    ['z', 'z'],
  ]);
});
