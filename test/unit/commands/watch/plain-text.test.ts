import { expect, test } from 'vitest';
import { cut, fill, plainText, widthOf, wrap } from '../../../../server/commands/watch/plain-text.ts';

test('control and format characters of foreign text are taken out', () => {
  expect(plainText('main.a\x1b[2J\x07\x9b31m\u202eb\u200b\ud800')).toBe('main.a[2J31mb');
  expect(plainText('a\tb\r\nc\u2028d')).toBe('a b  c d');
});

test('wide characters take two cells, combining marks none', () => {
  expect(widthOf('main.größe')).toBe(10);
  expect(widthOf('e\u0301')).toBe(1);
  expect(widthOf('検索🔥')).toBe(6);
});

test('what is cut ends with an ellipsis, and is never wider than wished', () => {
  expect(cut('validateQuery', 13)).toBe('validateQuery');
  expect(cut('validateQuery', 6)).toBe('valid…');
  expect(cut('検索検索', 4)).toBe('検…');
  expect(cut('ab', 1)).toBe('…');
  expect(cut('ab', 0)).toBe('');
});

test('filling reaches exactly the width, on either side', () => {
  expect(fill('検', 4)).toBe('検  ');
  expect(fill('12', 4, 'end')).toBe('  12');
  expect(fill('12345', 4, 'end')).toBe('123…');
});

test('text is broken between words; line ends and indents stay', () => {
  expect(wrap('one two three\n\n  four', 8)).toEqual(['one two', 'three', '', '  four']);
});

test('a word that is wider than the line is broken', () => {
  expect(wrap('a 12345678 b', 4)).toEqual(['a', '1234', '5678', 'b']);
  expect(wrap('検索検索', 5)).toEqual(['検索', '検索']);
});
