import { Text } from '@codemirror/state';
import { expect, test } from 'vitest';
import { offsetOf, positionOf, problemDiagnostics } from '../../../../client/editor/problem-diagnostics.ts';

const text = Text.of(['package main', '', 'x := "🔥" + foo(bar)']);
const problem = (from: [number, number], to: [number, number]) => ({
  from: { line: from[0], column: from[1] },
  to: { line: to[0], column: to[1] },
  severity: 'error' as const,
  message: 'undefined: foo',
  source: 'compiler',
});
const marked = (...place: Parameters<typeof problem>) => {
  const [found] = problemDiagnostics([problem(...place)], text);
  return found && text.sliceString(found.from, found.to);
};

test('what is marked lies from its place to before its end, in UTF-16 units', () => {
  expect(marked([3, 13], [3, 16])).toBe('foo');
  expect(marked([1, 9], [1, 13])).toBe('main');
});

test('places beyond the line or the text stay within it', () => {
  expect(marked([1, 9], [1, 99])).toBe('main');
  expect(marked([3, 17], [99, 1])).toBe('bar)');
  expect(marked([99, 1], [99, 4])).toBe('');
});

test('positions and offsets are each other’s inverse', () => {
  for (const offset of [0, 12, 13, 14, text.length]) expect(offsetOf(positionOf(offset, text), text)).toBe(offset);
});
