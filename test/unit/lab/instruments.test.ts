import { expect, test } from 'vitest';
import { findChangedInstruments, findModuleProblem } from '../../../server/lab/instruments.ts';

const installed = files({
  'go.mod': 'module bazaar\n\ngo 1.24\n',
  'internal/serve/rates.go': 'package serve\n',
  'search/main.go': 'package main\n',
});

test('an untouched state, or one with other line ends, is intact', () => {
  const state = new Map([...installed, ...files({ 'internal/serve/rates.go': 'package serve\r\n' })]);
  expect(findChangedInstruments(installed, state)).toEqual([]);
  expect(findModuleProblem(installed, state)).toBeNull();
});

test('a changed, a removed and a new instrument file are named; tests are not', () => {
  const changed = new Map([
    ...installed,
    ...files({
      'internal/serve/rates.go': 'package serve // off\n',
      'internal/serve/more.go': 'package serve\n',
      'internal/serve/x_test.go': 'package serve\n',
      'internal/push/push.go': 'package push // quick\n',
    }),
  ]);
  expect(findChangedInstruments(installed, changed)).toEqual([
    'internal/push/push.go',
    'internal/serve/more.go',
    'internal/serve/rates.go',
  ]);
  const removed = new Map([...installed].filter(([name]) => name !== 'internal/serve/rates.go'));
  expect(findChangedInstruments(installed, removed)).toEqual(['internal/serve/rates.go']);
});

test('another module file, or one more, is refused by name', () => {
  expect(findModuleProblem(installed, files({ 'go.mod': 'module evil\nreplace bazaar => ../outside\n' }))).toContain(
    'go.mod was changed',
  );
  expect(findModuleProblem(installed, new Map([...installed, ...files({ 'go.work': 'go 1.24\n' })]))).toContain(
    'go.work',
  );
});

function files(texts: Record<string, string>): Map<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]));
}
