import { expect, test } from 'vitest';
import { contrast, inkOn, millisFromCss, rgbFromHex } from '../../../../../client/flame-graph/canvas/palette.ts';

test('reads a colour in both lengths: a minified stylesheet has the short one', () => {
  expect(rgbFromHex('#ffcc00')).toEqual([255, 204, 0]);
  expect(rgbFromHex('#FC0')).toEqual([255, 204, 0]);
});

test('what is no such colour is black', () => {
  for (const wrong of ['', '#ff', '#ffff', '#ffcc0', 'red', 'rgb(1 2 3)']) expect(rgbFromHex(wrong)).toEqual([0, 0, 0]);
});

test('ink is light on dark and dark on light', () => {
  const [onBlack] = inkOn([0, 0, 0]);
  const [onWhite] = inkOn([255, 255, 255]);
  expect(onBlack).toBeGreaterThan(onWhite);
});

test('times as written and as a minifier writes them', () => {
  expect(['400ms', '.4s', '0ms', '0s', ''].map(millisFromCss)).toEqual([400, 400, 0, 0, 0]);
});

test('contrast is what WCAG says', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21);
  expect(contrast(rgbFromHex('#777777'), rgbFromHex('#ffffff'))).toBeCloseTo(4.48, 2);
});
