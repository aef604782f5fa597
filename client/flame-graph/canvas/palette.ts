import { DIFF_STEPS, DIFF_TINT, FAMILY_TINT, ROOT_TINT, SHADES, TINTS, TRIMMED_TINT } from '../model/tint.ts';

/** The tokens of the page's theme, ready for a canvas. Colours of `pixels` are packed as ImageData has them (ABGR, little-endian). */
export interface Palette {
  /** Slot = tint; the second half (tint + TINTS) is the same colour faded, for frames that a search didn't find. */
  readonly pixels: Uint32Array;
  /** Text colour on each slot, whichever of the two inks has more contrast. */
  readonly ink: readonly string[];
  readonly font: string;
  readonly fontPixels: number;
  readonly rowPixels: number;
  readonly focus: string;
  readonly outline: string;
  readonly ground: string;
  readonly faint: string;
  readonly morphMillis: number;
}

type Rgb = readonly [number, number, number];

const DARK_INK: Rgb = [23, 18, 12];
const LIGHT_INK: Rgb = [250, 247, 243];
/** How much of a frame's own colour is left when it is faded. */
const FADED = 0.22;

/** Reads the tokens that hold for an element. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const rgb = colourReader();
  const colours = (name: string) =>
    token(name)
      .split(/\s*,\s*/)
      .map(rgb);
  const panel = rgb(token('--surface-panel'));
  const slots: Rgb[] = new Array<Rgb>(TINTS).fill(panel);
  slots[ROOT_TINT] = rgb(token('--flame-root'));
  slots[TRIMMED_TINT] = rgb(token('--flame-trimmed'));
  for (const [family, first] of Object.entries(FAMILY_TINT)) {
    colours(`--flame-${family}`)
      .slice(0, SHADES)
      .forEach((colour, i) => {
        slots[first + i] = colour;
      });
  }
  colours('--diff-scale')
    .slice(0, DIFF_STEPS)
    .forEach((colour, i) => {
      slots[DIFF_TINT + i] = colour;
    });
  const all = [...slots, ...slots.map((colour) => mixRgb(panel, colour, FADED))];
  const fontPixels = Number.parseFloat(token('--flame-text')) || 12;
  return {
    pixels: Uint32Array.from(all, packed),
    ink: all.map((colour, slot) => (slot < TINTS ? cssColour(inkOn(colour)) : token('--text-muted'))),
    font: `${fontPixels}px ${token('--font-code')}`,
    fontPixels,
    rowPixels: Number.parseFloat(token('--flame-row')) || 20,
    focus: token('--focus'),
    outline: token('--text'),
    ground: token('--surface-panel'),
    faint: token('--text-muted'),
    morphMillis: millisFromCss(token('--motion-morph')),
  };
}

/** A minified stylesheet may say a colour in another way than tokens.css (`tan` for `#d2b48c`): a canvas answers `#rrggbb`. */
function colourReader(): (css: string) => Rgb {
  const context = document.createElement('canvas').getContext('2d');
  return (css) => {
    if (context === null) return rgbFromHex(css);
    context.fillStyle = '#000000';
    context.fillStyle = css;
    return rgbFromHex(String(context.fillStyle));
  };
}

/** A CSS time, `400ms` or as a minifier writes it `.4s`, in milliseconds; 0 for what isn't one. */
export function millisFromCss(time: string): number {
  const amount = Number.parseFloat(time);
  if (!Number.isFinite(amount)) return 0;
  return time.endsWith('ms') ? amount : amount * 1_000;
}

/** `#rrggbb` or `#rgb`; anything else is black, so that a wrong token is seen. */
export function rgbFromHex(hex: string): Rgb {
  const long = hex.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
  const bits = /^#[0-9a-f]{6}$/i.test(long) ? Number.parseInt(long.slice(1), 16) : 0;
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
}

/** Contrast ratio of WCAG 2.2 (relative luminance of sRGB). */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

export function inkOn(colour: Rgb): Rgb {
  return contrast(colour, DARK_INK) >= contrast(colour, LIGHT_INK) ? DARK_INK : LIGHT_INK;
}

function luminance([r, g, b]: Rgb): number {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function mixRgb(under: Rgb, over: Rgb, share: number): Rgb {
  const channel = (i: 0 | 1 | 2) => Math.round(under[i] + (over[i] - under[i]) * share);
  return [channel(0), channel(1), channel(2)];
}

function packed([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

function cssColour([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`;
}
