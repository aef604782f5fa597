import { createPainter, type Moment } from './painter.ts';
import type { Palette } from './palette.ts';

export interface PictureToSave {
  readonly moment: Moment;
  readonly palette: Palette;
  /** CSS pixels. */
  readonly width: number;
  readonly ratio: number;
  /** One line above the picture. */
  readonly caption: string;
}

/** Browsers draw no higher canvas. */
const MOST_PIXELS = 16_000;
const CAPTION_ROWS = 1.5;

/** The whole picture, also what is scrolled out of sight, as a PNG with its caption on the theme's ground. */
export async function savePicture({ moment, palette, width, ratio, caption }: PictureToSave): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const painter = createPainter(canvas, palette);
  const fitting = Math.min(ratio, MOST_PIXELS / (moment.rows * palette.rowPixels));
  painter.resize(width, moment.rows * palette.rowPixels, fitting);
  const height = moment.rows * painter.rowPixels;
  painter.paint({ ...moment, scrollTop: 0, height, hovered: -1, focused: -1 });
  const sheet = document.createElement('canvas');
  const head = Math.round(CAPTION_ROWS * painter.rowPixels);
  sheet.width = canvas.width;
  sheet.height = head + height;
  const context = sheet.getContext('2d');
  if (context === null) throw new Error('this browser offers no 2D canvas');
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.font = palette.font.replace(/^[\d.]+px/, `${palette.fontPixels * fitting}px`);
  context.fillStyle = palette.outline;
  context.textBaseline = 'middle';
  context.fillText(caption, Math.round(8 * fitting), head / 2);
  context.drawImage(canvas, 0, head);
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => (blob === null ? reject(new Error('the browser made no picture')) : resolve(blob)));
  });
}
