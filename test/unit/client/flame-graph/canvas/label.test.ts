import { expect, test } from 'vitest';
import { createLabels, fitName } from '../../../../../client/flame-graph/canvas/label.ts';

test.each([
  [24, 'http.(*conn).serve'],
  [18, 'http.(*conn).serve'],
  [17, '(*conn).serve'],
  [8, '(*conn)…'],
  [3, '(*…'],
  [2, ''],
])('in %i characters: %s', (room, text) => {
  expect(fitName('net/http.(*conn).serve', room)).toBe(text);
});

test('a name in wide characters gets half as many of them, none of them cut in two', () => {
  expect(fitName('main.計算する関数', 8)).toBe('計算す…');
  expect(fitName('main.𝒻𝒻𝒻𝒻𝒻𝒻', 8)).toBe('𝒻𝒻𝒻…');
});

test('the same room for the same name is the same string, made once', () => {
  const labels = createLabels();
  expect(labels.fit('main.work', 6)).toBe('work');
  expect(labels.fit('main.work', 20)).toBe('main.work');
  expect(labels.fit('main.work', 6)).toBe('work');
});
