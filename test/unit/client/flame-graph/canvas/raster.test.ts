import { describe, expect, test } from 'vitest';
import { createWideFrames, paintRaster, type RasterInput } from '../../../../../client/flame-graph/canvas/raster.ts';
import { type Layout, layoutFrom } from '../../../../../client/flame-graph/model/layout.ts';
import { planMorph, stillMorph } from '../../../../../client/flame-graph/model/morph.ts';
import { TINTS } from '../../../../../client/flame-graph/model/tint.ts';
import { nodeName } from '../../../../../client/flame-graph/model/tree-shape.ts';
import { flameGraphFromText } from '../../../../support/flame-graph-from-text.ts';

/** Tint i is drawn as the i-th letter, faded tints as the small letter, nothing as a dot. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const colours = Uint32Array.from({ length: TINTS * 2 }, (_, i) => i + 1);
const letter = (pixel: number) =>
  pixel === 0 ? '.' : pixel <= TINTS ? (LETTERS[pixel - 1] ?? '?') : (LETTERS[pixel - TINTS - 1] ?? '?').toLowerCase();
/** A frame is drawn as the first letter of its name, the root as Y. */
const layout = (text: string): Layout =>
  layoutFrom(flameGraphFromText(text), 1, (tree) =>
    Uint8Array.from({ length: tree.count }, (_, i) => (i === 0 ? 24 : nodeName(tree, i).charCodeAt(0) - 65)),
  );

function drawn(width: number, rows: number, input: Partial<RasterInput> & Pick<RasterInput, 'morph'>) {
  const raster = { pixels: new Uint32Array(width * rows), width, wide: createWideFrames(10), wideFrom: 6 };
  const viewport = { x0: 0, x1: 1, firstDepth: 0, rows };
  const count = paintRaster(raster, {
    t: 1,
    viewport,
    colours,
    matches: null,
    zoomDepth: 0,
    upward: true,
    ...input,
  });
  const lines = Array.from({ length: rows }, (_, row) =>
    [...raster.pixels.subarray(row * width, (row + 1) * width)].map(letter).join(''),
  );
  return { lines, count, wide: [...raster.wide.node.subarray(0, raster.wide.count)] };
}

describe('paintRaster', () => {
  const still = stillMorph(layout('A;B;D 4\nA;C 2'));

  test('draws one line of pixels a row, the root at the bottom, wide frames with a gap', () => {
    expect(drawn(12, 4, { morph: still }).lines).toEqual([
      'DDDDDDD.....',
      'BBBBBBB.CCCC',
      'AAAAAAAAAAAA',
      'YYYYYYYYYYYY',
    ]);
  });

  test('draws the root at the top when asked', () => {
    expect(drawn(12, 2, { morph: still, upward: false }).lines).toEqual(['YYYYYYYYYYYY', 'AAAAAAAAAAAA']);
  });

  test('a view shows a part of the width, and frames of the way out of it are faded', () => {
    const viewport = { x0: 4 / 6, x1: 1, firstDepth: 0, rows: 3 };
    expect(drawn(4, 3, { morph: still, viewport, zoomDepth: 2 }).lines).toEqual(['CCCC', 'aaaa', 'yyyy']);
  });

  test('rows beyond the view are left out', () => {
    const viewport = { x0: 0, x1: 1, firstDepth: 2, rows: 2 };
    expect(drawn(12, 2, { morph: still, viewport }).lines).toEqual(['DDDDDDD.....', 'BBBBBBB.CCCC']);
  });

  test('what a search did not find is faded', () => {
    const matches = Uint8Array.from(still.names.text, (name) => (name === 'C' ? 1 : 0));
    expect(drawn(12, 3, { morph: still, matches }).lines).toEqual(['bbbbbbb.CCCC', 'aaaaaaaaaaaa', 'yyyyyyyyyyyy']);
  });

  test('half-way through a morph a removed frame is half as wide', () => {
    const morph = planMorph(layout('A 6\nB 6'), layout('B 6'));
    expect(drawn(12, 2, { morph, t: 0 }).lines[0]).toBe('AAAAA.BBBBBB');
    expect(drawn(12, 2, { morph, t: 0.5 }).lines[0]).toBe('AAABBBBBBBBB');
    expect(drawn(12, 2, { morph, t: 1 }).lines[0]).toBe('BBBBBBBBBBBB');
  });

  test('a thousand frames below a pixel colour the pixels they fall on, and nothing below them is looked at', () => {
    const many = stillMorph(layout(Array.from({ length: 1_000 }, (_, i) => `F${i};G 1`).join('\n')));
    const { lines, count } = drawn(10, 3, { morph: many });
    expect(lines[1]).not.toContain('.');
    expect(lines[0]).toBe('..........');
    expect(count).toBeLessThanOrEqual(11);
  });

  test('names the frames that have room for text', () => {
    expect(drawn(12, 4, { morph: still }).wide).toEqual([0, 1, 2, 3]);
  });
});
