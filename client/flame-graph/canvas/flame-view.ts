import { EMPTY_LAYOUT, type Layout } from '../model/layout.ts';
import { type Light, litNames } from '../model/lit-names.ts';
import { layoutAt, type Morph, planMorph, stillMorph } from '../model/morph.ts';
import { findNode } from '../model/tree-shape.ts';
import { createCamera, rowsInView, type View, viewOf, zoomedNode } from './camera.ts';
import { nodeAt } from './hit-test.ts';
import { createPainter, type Moment } from './painter.ts';
import { readPalette } from './palette.ts';
import { savePicture } from './save-picture.ts';
import { createTween } from './tween.ts';

/** What is drawn besides the layout. Frames are named by key, so that they survive a change of the graph; null: none. */
export interface Look {
  readonly upward: boolean;
  /** What is drawn in full colour. */
  readonly light: Light;
  /** Keys from the root to the frame that fills the width; empty: all. */
  readonly zoom: readonly number[];
  readonly hovered: number | null;
  readonly focused: number | null;
  readonly chosen: number | null;
  /** By node of the layout: put before its name. */
  readonly noteOf: ((node: number) => string) | null;
  /** Said in the room that a root narrower than the picture leaves free; '' draws nothing there. */
  readonly spare: string;
}

export interface DrawnMoment {
  readonly frames: number;
  readonly drawn: number;
  readonly morphing: boolean;
  readonly millis: number;
}

export interface FlameViewParts {
  /** Scrolls when the picture is taller; holds the canvas (sticky) and the spacer that gives it its height. */
  readonly scroller: HTMLElement;
  readonly spacer: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly onDrawn: (moment: DrawnMoment) => void;
}

/** A live picture on a canvas: owns time, camera and scroll, draws only when something changed. */
export interface FlameView {
  /** Morphs to the layout from wherever the picture is. */
  show(layout: Layout, look: Look): void;
  /** Draws with another look; a change of zoom glides. */
  look(look: Look): void;
  /** Reads the theme's tokens again. */
  restyle(): void;
  /** Node of the shown layout under a point of the screen; -1: none, or one on its way out. */
  nodeAtPoint(clientX: number, clientY: number): number;
  /** Scrolls until the row of a node is on screen. */
  reveal(node: number): void;
  /** The whole picture as a PNG under a caption, as it stands now. */
  save(caption: string): Promise<Blob>;
  dispose(): void;
}

export const PLAIN_LOOK: Look = {
  upward: true,
  light: { search: '', faded: [], own: [] },
  zoom: [],
  hovered: null,
  focused: null,
  chosen: null,
  noteOf: null,
  spare: '',
};

export function createFlameView({ scroller, spacer, canvas, onDrawn }: FlameViewParts): FlameView {
  let palette = readPalette(scroller);
  const painter = createPainter(canvas, palette);
  const camera = createCamera();
  const growth = createTween();
  const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');
  let layout = EMPTY_LAYOUT;
  let morph: Morph = stillMorph(layout);
  let look = PLAIN_LOOK;
  let matches: Uint8Array | null = null;
  /** What `matches` was worked out from. */
  let lit = { names: layout.names, light: look.light };
  let zoomDepth = 0;
  let marked = { hovered: -1, focused: -1, chosen: -1 };
  let rows = 1;
  let pending = 0;
  let sized = false;
  /** Of the scroller, when the rows were fitted into it last. */
  let shownHeight = 0;

  const millis = () => (reduced.matches || !sized ? 0 : palette.morphMillis);

  const height = () => Math.max(painter.height, rows * painter.rowPixels);

  /** Flames stand on the bottom edge: what changes in height, of the picture or of its window, changes above. */
  const fitHeight = (wanted: number) => {
    const lower = scroller.scrollTop + Math.max(shownHeight, scroller.clientHeight);
    const below = Math.max(0, scroller.scrollHeight - lower);
    rows = Math.max(1, wanted);
    spacer.style.height = `${Math.floor((rows * painter.rowPixels) / painter.ratio)}px`;
    shownHeight = scroller.clientHeight;
    if (look.upward) scroller.scrollTop = scroller.scrollHeight - shownHeight - below;
  };

  const momentAt = (now: number): Moment => {
    const view = camera.at(now);
    return {
      morph,
      t: growth.at(now),
      x0: view.x0,
      x1: view.x1,
      scrollTop: Math.round(scroller.scrollTop * painter.ratio),
      rows,
      height: height(),
      upward: look.upward,
      zoomDepth,
      matches,
      noteOf: look.noteOf,
      spare: look.spare,
      ...marked,
    };
  };

  const draw = () => {
    pending = 0;
    const now = performance.now();
    const moving = growth.running(now) || camera.running(now);
    if (!moving && morph.count !== layout.count) settle();
    const drawn = painter.paint(momentAt(now));
    onDrawn({ frames: layout.count, drawn, morphing: moving, millis: performance.now() - now });
    if (moving) request();
  };

  const request = () => {
    if (pending === 0 && sized) pending = requestAnimationFrame(draw);
  };

  const mark = () => {
    const find = (key: number | null) => (key === null ? -1 : findNode(morph, key));
    marked = { hovered: find(look.hovered), focused: find(look.focused), chosen: find(look.chosen) };
    if (lit.names === morph.names && lit.light === look.light) return;
    lit = { names: morph.names, light: look.light };
    matches = litNames(morph.names, look.light);
  };

  /** The paths on their way out are gone: from here on the picture is the layout. */
  const settle = () => {
    morph = stillMorph(layout);
    mark();
    fitHeight(rowsInView(layout, camera.at(performance.now()), narrowest(camera.at(performance.now()))));
  };

  const narrowest = (view: View) => ((view.x1 - view.x0) * 0.5) / Math.max(1, painter.width);

  const aim = (now: number, moving: boolean) => {
    const node = zoomedNode(layout, look.zoom);
    const view = viewOf(layout, node);
    zoomDepth = node < 0 ? 0 : (layout.depth[node] ?? 0);
    camera.moveTo(view, now, millis());
    const wanted = rowsInView(layout, view, narrowest(view));
    fitHeight(moving ? Math.max(rows, wanted) : wanted);
  };

  const resize = () => {
    const box = scroller.getBoundingClientRect();
    if (scroller.clientWidth === 0 || box.height === 0) return;
    const first = !sized;
    painter.resize(scroller.clientWidth, scroller.clientHeight, window.devicePixelRatio);
    canvas.style.width = `${scroller.clientWidth}px`;
    canvas.style.height = `${scroller.clientHeight}px`;
    const view = camera.at(performance.now());
    fitHeight(rowsInView(layout, view, narrowest(view)));
    if (first && look.upward) scroller.scrollTop = scroller.scrollHeight;
    sized = true;
    request();
  };

  const observer = new ResizeObserver(resize);
  observer.observe(scroller);
  resize();
  scroller.addEventListener('scroll', request, { passive: true });

  return {
    show(next, nextLook) {
      const now = performance.now();
      const from = layout.count === 0 ? layout : layoutAt(morph, growth.at(now));
      const jump = millis() === 0 || layout.count === 0;
      layout = next;
      look = nextLook;
      morph = jump ? stillMorph(next) : planMorph(from, next);
      aim(now, !jump);
      growth.start(jump ? 0 : millis());
      mark();
      request();
    },
    look(next) {
      const zoomed = next.zoom !== look.zoom;
      const turned = next.upward !== look.upward;
      look = next;
      mark();
      if (zoomed) aim(performance.now(), true);
      if (turned) scroller.scrollTop = next.upward ? scroller.scrollHeight : 0;
      request();
    },
    restyle() {
      palette = readPalette(scroller);
      painter.recolour(palette);
      resize();
    },
    nodeAtPoint(clientX, clientY) {
      const now = performance.now();
      const box = canvas.getBoundingClientRect();
      const view = camera.at(now);
      const x = view.x0 + ((clientX - box.left) / Math.max(1, box.width)) * (view.x1 - view.x0);
      const y = (clientY - box.top) * painter.ratio + Math.round(scroller.scrollTop * painter.ratio);
      const fromRoot = look.upward ? height() - y : y;
      const node = nodeAt(morph, growth.at(now), x, Math.floor(fromRoot / painter.rowPixels));
      return node < 0 ? -1 : (morph.target[node] ?? -1);
    },
    reveal(node) {
      const row = painter.rowPixels / painter.ratio;
      const depth = layout.depth[node] ?? 0;
      const top = look.upward ? height() / painter.ratio - (depth + 1) * row : depth * row;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + row > scroller.scrollTop + scroller.clientHeight) {
        scroller.scrollTop = top + row - scroller.clientHeight;
      }
    },
    save: (caption) =>
      savePicture({
        moment: momentAt(performance.now()),
        palette,
        width: scroller.clientWidth,
        ratio: painter.ratio,
        caption,
      }),
    dispose() {
      observer.disconnect();
      scroller.removeEventListener('scroll', request);
      if (pending !== 0) cancelAnimationFrame(pending);
    },
  };
}
