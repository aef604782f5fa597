import type { GraphPage } from '../../protocol/index.ts';
import { type Palette, readPalette } from '../flame-graph/canvas/palette.ts';
import { familyOf } from '../flame-graph/model/package-family.ts';
import { hashName } from '../flame-graph/model/stack-key.ts';
import { DIFF_TINT, diffStep, FAMILY_TINT, ROOT_TINT, SHADES, TRIMMED_TINT } from '../flame-graph/model/tint.ts';
import { changeOf, frameOf, type Shown } from './page-model.ts';

/** Fill and text colour of a node, from the tokens of the page's theme. */
export interface Colours {
  fill(node: number, found: boolean): string;
  ink(node: number): string;
}

/** The colours of the lab: by package family, or by change. */
export function readColours(page: GraphPage, shown: Shown): Colours {
  const palette = readPalette(document.documentElement);
  const tints = page.parent.map((_, node) => tintOf(page, shown, node));
  const found = getComputedStyle(document.documentElement).getPropertyValue('--found').trim();
  return {
    fill: (node, isFound) => (isFound ? found : colourOf(palette, tints[node] ?? ROOT_TINT)),
    ink: (node) => palette.ink[tints[node] ?? ROOT_TINT] ?? '',
  };
}

function tintOf(page: GraphPage, shown: Shown, node: number): number {
  if (shown === 'difference') return DIFF_TINT + 3 + diffStep(changeOf(page, node));
  const frame = frameOf(page, node);
  if (frame === null) return node === 0 ? ROOT_TINT : TRIMMED_TINT;
  return FAMILY_TINT[familyOf(frame, [])] + (hashName(frame.name) % SHADES);
}

/** Packed as in Palette. */
function colourOf({ pixels }: Palette, tint: number): string {
  const pixel = pixels[tint] ?? 0;
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
}
