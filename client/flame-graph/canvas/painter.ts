import type { Morph } from '../model/morph.ts';
import { widthAt, xAt } from '../model/morph.ts';
import { TINTS } from '../model/tint.ts';
import { nodeName } from '../model/tree-shape.ts';
import { createLabels } from './label.ts';
import type { Palette } from './palette.ts';
import { createWideFrames, paintRaster, type Raster } from './raster.ts';

/** One moment of the picture. Lengths are pixels of the canvas. */
export interface Moment {
  readonly morph: Morph;
  readonly t: number;
  readonly x0: number;
  readonly x1: number;
  readonly scrollTop: number;
  /** Rows of the whole picture, and its height: at least the canvas's. */
  readonly rows: number;
  readonly height: number;
  readonly upward: boolean;
  readonly zoomDepth: number;
  readonly matches: Uint8Array | null;
  readonly hovered: number;
  readonly focused: number;
  readonly chosen: number;
  /** Put before a frame's name, e.g. its change with sign. */
  readonly noteOf: ((node: number) => string) | null;
  /** Said in the room beside a root that is narrower than the picture. */
  readonly spare: string;
}

export interface Painter {
  /** Sizes in CSS pixels. */
  resize(width: number, height: number, ratio: number): void;
  recolour(palette: Palette): void;
  /** Answers how many frames reached a pixel. */
  paint(moment: Moment): number;
  readonly rowPixels: number;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** At most this many texts in a picture: more can't be read, and text is what costs. */
const MOST_TEXTS = 2_000;
const FEWEST_CHARACTERS = 4;

export function createPainter(canvas: HTMLCanvasElement, first: Palette): Painter {
  const context = canvas.getContext('2d');
  const lines = document.createElement('canvas');
  const lineContext = lines.getContext('2d', { willReadFrequently: true });
  if (context === null || lineContext === null) throw new Error('this browser offers no 2D canvas');
  const labels = createLabels();
  let palette = first;
  let ratio = 1;
  let rowPixels = 1;
  let charPixels = 1;
  let image = new ImageData(1, 1);
  let raster: Raster = { pixels: new Uint32Array(1), width: 1, wide: createWideFrames(0), wideFrom: 1 };

  const measure = () => {
    rowPixels = Math.max(4, Math.round(palette.rowPixels * ratio));
    const rows = Math.ceil(canvas.height / rowPixels) + 2;
    image = new ImageData(Math.max(1, canvas.width), rows);
    lines.width = image.width;
    lines.height = rows;
    context.font = scaledFont(palette, ratio);
    charPixels = context.measureText('MMMMMMMMMMMMMMMMMMMM').width / 20;
    raster = {
      pixels: new Uint32Array(image.data.buffer),
      width: image.width,
      wide: createWideFrames(MOST_TEXTS),
      wideFrom: Math.ceil(charPixels * FEWEST_CHARACTERS + padding()),
    };
  };
  const padding = () => Math.round(8 * ratio);
  const textDrop = () => Math.round((rowPixels - ratio) / 2 + palette.fontPixels * ratio * 0.35);

  const topOf = (moment: Moment, depth: number) =>
    (moment.upward ? moment.height - (depth + 1) * rowPixels : depth * rowPixels) - moment.scrollTop;

  const rowsOnScreen = (moment: Moment) => {
    const { upward, height, scrollTop, rows } = moment;
    const near = upward ? height - scrollTop - canvas.height : scrollTop;
    const first = Math.max(0, Math.floor(near / rowPixels));
    const last = Math.min(rows - 1, Math.floor((near + canvas.height - 1) / rowPixels));
    return { firstDepth: first, rows: Math.max(0, Math.min(last - first + 1, image.height)) };
  };

  const paintTexts = (moment: Moment) => {
    const { wide } = raster;
    const { morph } = moment;
    context.font = scaledFont(palette, ratio);
    context.textBaseline = 'alphabetic';
    let ink = '';
    for (let i = 0; i < wide.count; i++) {
      const node = wide.node[i] ?? 0;
      const left = wide.left[i] ?? 0;
      const room = Math.floor(((wide.right[i] ?? 0) - left - padding()) / charPixels);
      const note = moment.noteOf === null ? '' : moment.noteOf(morph.target[node] ?? -1);
      const named = labels.fit(nodeName(morph, node), room - note.length);
      const text = named === '' ? note : note + named;
      if (text === '' || text.length > room) continue;
      const depth = morph.depth[node] ?? 0;
      const clear =
        depth >= moment.zoomDepth && (moment.matches === null || moment.matches[morph.nameOf[node] ?? -1] === 1);
      const wanted = palette.ink[(morph.tint[node] ?? 0) + (clear ? 0 : TINTS)] ?? '';
      if (wanted !== ink) {
        ink = wanted;
        context.fillStyle = ink;
      }
      context.fillText(text, left + padding() / 2, topOf(moment, depth) + textDrop());
    }
  };

  /** The other graph's extent beside a narrower root: a dashed box in the root's row. */
  const paintSpare = (moment: Moment) => {
    const left = Math.round(widthAt(moment.morph, 0, moment.t) * canvas.width) + 2 * ratio;
    const room = Math.floor((canvas.width - left - padding()) / charPixels);
    if (moment.spare === '' || moment.x1 - moment.x0 < 1 || room < FEWEST_CHARACTERS) return;
    const top = topOf(moment, 0);
    context.strokeStyle = palette.faint;
    context.lineWidth = ratio;
    context.setLineDash([4 * ratio, 3 * ratio]);
    context.strokeRect(left, top + ratio, canvas.width - left - ratio, rowPixels - 3 * ratio);
    context.setLineDash([]);
    context.fillStyle = palette.faint;
    if (moment.spare.length <= room) context.fillText(moment.spare, left + padding() / 2, top + textDrop());
  };

  const outline = (moment: Moment, node: number, colour: string, thickness: number) => {
    if (node < 0) return;
    const scale = canvas.width / (moment.x1 - moment.x0);
    const left = Math.max(0, Math.round((xAt(moment.morph, node, moment.t) - moment.x0) * scale));
    const size = widthAt(moment.morph, node, moment.t);
    const right = Math.min(canvas.width, Math.round((xAt(moment.morph, node, moment.t) + size - moment.x0) * scale));
    const line = Math.max(1, Math.round(thickness * ratio));
    context.strokeStyle = colour;
    context.lineWidth = line;
    const top = topOf(moment, moment.morph.depth[node] ?? 0);
    context.strokeRect(left + line / 2, top + line / 2, Math.max(line, right - left - line), rowPixels - line);
  };

  const paint = (moment: Moment): number => {
    const { firstDepth, rows } = rowsOnScreen(moment);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (rows === 0 || moment.morph.count === 0) return 0;
    const { morph, t, x0, x1, matches, zoomDepth, upward } = moment;
    const viewport = { x0, x1, firstDepth, rows };
    const colours = palette.pixels;
    const drawn = paintRaster(raster, { morph, t, viewport, colours, matches, zoomDepth, upward });
    lineContext.putImageData(image, 0, 0, 0, 0, image.width, rows);
    const top = topOf(moment, upward ? firstDepth + rows - 1 : firstDepth);
    context.imageSmoothingEnabled = false;
    context.drawImage(lines, 0, 0, image.width, rows, 0, top, image.width, rows * rowPixels);
    const gap = Math.max(1, Math.round(ratio));
    for (let row = 1; row <= rows; row++) context.clearRect(0, top + row * rowPixels - gap, canvas.width, gap);
    paintTexts(moment);
    paintSpare(moment);
    outline(moment, moment.chosen, palette.outline, 2);
    outline(moment, moment.hovered, palette.outline, 1.5);
    outline(moment, moment.focused, palette.focus, 2.5);
    return drawn;
  };

  measure();
  return {
    resize(width, height, newRatio) {
      ratio = newRatio;
      canvas.width = Math.max(1, Math.round(width * ratio));
      canvas.height = Math.max(1, Math.round(height * ratio));
      measure();
    },
    recolour(next) {
      palette = next;
      measure();
    },
    paint,
    get rowPixels() {
      return rowPixels;
    },
    get width() {
      return canvas.width;
    },
    get height() {
      return canvas.height;
    },
    get ratio() {
      return ratio;
    },
  };
}

function scaledFont(palette: Palette, ratio: number): string {
  return palette.font.replace(/^[\d.]+px/, `${palette.fontPixels * ratio}px`);
}
