import { Text } from '@codemirror/state';
import { expect, test } from 'vitest';
import { compileDiagnostics } from '../../../../client/editor/compile-diagnostics.ts';
import { replacementOf } from '../../../../client/editor/editor-setup.ts';

const text = Text.of(['package main', '', 'x := foo(bar)']);
const error = (line: number | null, column: number | null) => ({
  file: 'a.go',
  line,
  column,
  message: 'undefined: foo',
});
const marked = (line: number | null, column: number | null) => {
  const [found] = compileDiagnostics([error(line, column)], 'a.go', text);
  return found && text.sliceString(found.from, found.to);
};

test('an error marks the word at its place', () => {
  expect(marked(3, 6)).toBe('foo');
});

test('without a column the first word of the line is marked, without a line the first line', () => {
  expect(marked(3, null)).toBe('x');
  expect(marked(null, null)).toBe('package');
});

test('a place beyond the text stays within it', () => {
  expect(compileDiagnostics([error(99, 99)], 'a.go', text)).toMatchObject([{ from: text.length, to: text.length }]);
});

test('errors of other files are left out', () => {
  expect(compileDiagnostics([error(1, 1)], 'b.go', text)).toEqual([]);
});

test('the smallest replacement turns one text into the other', () => {
  expect(replacementOf('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
  for (const [before, after] of [
    ['aaa', 'aa'],
    ['aa', 'aaa'],
    ['', 'x'],
    ['x', ''],
    ['same', 'same'],
  ] as const) {
    const { from, to, insert } = replacementOf(before, after);
    expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
  }
});
