import type { Morph } from '../model/morph.ts';
import { TINTS } from '../model/tint.ts';

/** The part of the picture that is on screen: shares of its width, and rows by depth. */
export interface Viewport {
  readonly x0: number;
  readonly x1: number;
  readonly firstDepth: number;
  readonly rows: number;
}

/** Frames wide enough for text, in pixels of the canvas; arrays are reused from picture to picture. */
export interface WideFrames {
  count: number;
  readonly node: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

export interface Raster {
  /** width × rows; one line of pixels stands for a whole row of frames. */
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly wide: WideFrames;
  /** Narrower frames get no text. */
  readonly wideFrom: number;
}

export interface RasterInput {
  readonly morph: Morph;
  /** 0..1, already eased. */
  readonly t: number;
  readonly viewport: Viewport;
  readonly colours: Uint32Array;
  /** By name: 1 = found; others are faded. null: no search. */
  readonly matches: Uint8Array | null;
  /** Frames nearer to the root than this are faded: the way out of a zoom. */
  readonly zoomDepth: number;
  /** Row 0 of the pixels is the deepest row (root at the bottom). */
  readonly upward: boolean;
}

/** Frames this wide keep a line of background at their right edge, so that equal colours stay apart. */
const GAP_FROM = 4;
/** Below half a pixel a frame may still colour the pixel it falls on, but nothing below it is looked at. */
const INVISIBLE = 0.5;

export function createWideFrames(capacity: number): WideFrames {
  const column = () => new Int32Array(capacity);
  return { count: 0, node: column(), left: column(), right: column() };
}

/**
 * Paints the frames of a moment, one line of pixels per row of frames (the canvas stretches it to the row's height: one
 * blit instead of one rectangle per frame). Edges are on whole pixels. Nothing is allocated. Answers how many frames
 * reached a pixel.
 *
 *     depth 1   ██████·████·      width 12: two frames with their gaps
 *     depth 0   ███████████·
 */
export function paintRaster(raster: Raster, input: RasterInput): number {
  const { pixels, width, wide, wideFrom } = raster;
  const { morph, t, viewport, colours, matches, zoomDepth, upward } = input;
  const { fromX, fromWidth, toX, toWidth, depth, end, tint, nameOf, count } = morph;
  const { x0: left, firstDepth, rows } = viewport;
  const scale = width / (viewport.x1 - viewport.x0);
  const lastDepth = firstDepth + rows - 1;
  pixels.fill(0, 0, width * rows);
  wide.count = 0;
  let drawn = 0;
  let node = 0;
  while (node < count) {
    const ax = fromX[node] ?? 0;
    const aw = fromWidth[node] ?? 0;
    const begin = (ax + ((toX[node] ?? 0) - ax) * t - left) * scale;
    const size = (aw + ((toWidth[node] ?? 0) - aw) * t) * scale;
    const row = depth[node] ?? 0;
    const from = begin <= 0 ? 0 : Math.round(begin);
    const to = begin + size >= width ? width : Math.round(begin + size);
    const inside = to > from;
    if (inside && row >= firstDepth && row <= lastDepth) {
      const clear = row >= zoomDepth && (matches === null || matches[nameOf[node] ?? -1] === 1);
      const colour = colours[(tint[node] ?? 0) + (clear ? 0 : TINTS)] ?? 0;
      const line = (upward ? lastDepth - row : row - firstDepth) * width;
      const gap = to - from >= GAP_FROM && to < width ? 1 : 0;
      if (to - from > 24) pixels.fill(colour, line + from, line + to - gap);
      else for (let at = line + from; at < line + to - gap; at++) pixels[at] = colour;
      drawn++;
      if (to - from >= wideFrom && wide.count < wide.node.length) {
        wide.node[wide.count] = node;
        wide.left[wide.count] = from;
        wide.right[wide.count] = to;
        wide.count++;
      }
    }
    node = inside && size >= INVISIBLE && row < lastDepth ? node + 1 : (end[node] ?? count);
  }
  return drawn;
}
