import { expect, test } from 'vitest';
import type { PaneView } from '../../../../server/commands/watch/screen-state.ts';
import { turnView } from '../../../../server/commands/watch/turn-view.ts';

const pane = { length: 30, height: 10 };
const kinds = ['cpu', 'allocs', 'heap'];
const start: PaneView = { shows: 'flame', kind: 'cpu', scroll: 0 };
const press = (view: PaneView, ...keys: string[]): PaneView =>
  keys.reduce((at, key) => turnView(at, key, { kinds, pane }), view);

test('f and t choose what is shown, from its start', () => {
  expect(press(start, 'down', 't')).toEqual({ ...start, shows: 'top' });
  expect(press(start, 't', 'f')).toEqual(start);
});

test('k goes round the kinds; from a text it goes back to the graph', () => {
  expect(press(start, 'k').kind).toBe('allocs');
  expect(press(start, 'k', 'k', 'k').kind).toBe('cpu');
  expect(press({ ...start, shows: 'text', scroll: 4 }, 'k')).toEqual(start);
});

test('arrows scroll by a line and pages by what is seen, within what there is', () => {
  expect(press(start, 'up').scroll).toBe(0);
  expect(press(start, 'down', 'down', 'up').scroll).toBe(1);
  expect(press(start, 'pagedown').scroll).toBe(9);
  expect(press(start, 'pagedown', 'pagedown', 'pagedown').scroll).toBe(20);
  expect(press(start, 'pagedown', 'pageup').scroll).toBe(0);
  expect(turnView(start, 'down', { kinds, pane: { length: 3, height: 10 } }).scroll).toBe(0);
});

test('another key changes nothing', () => {
  expect(press(start, 'x')).toBe(start);
});
