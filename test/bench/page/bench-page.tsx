import '../../../client/ui/tokens.css';
import '../../../client/ui/ui.css';
import flamegraph from 'd3-flame-graph';
import { select } from 'd3-selection';
import { createRoot } from 'react-dom/client';
import { FlameGraph } from '../../../client/flame-graph/index.ts';
import type { FlameGraph as FlameGraphData } from '../../../protocol/index.ts';
import { bigGraph } from './big-graph.ts';

/** What the benchmarks call in the page; times in milliseconds. */
export interface BenchPage {
  /** From having the graph to its first picture on the screen, as the product shows it: React, bar, legend and all. */
  paintOwn(frames: number): Promise<number>;
  /** The same tree, already in d3-flame-graph's own form, drawn by it. */
  paintReference(frames: number): Promise<number>;
  /** Intervals between the frames of `rounds` morphs between two builds' trees. */
  morph(frames: number, rounds: number): Promise<number[]>;
  /** Intervals between frames while someone hovers, scrolls, zooms and types a search, by what was done. */
  interact(frames: number): Promise<Record<Interaction, number[]>>;
  gpu(): string | null;
}

export type Interaction = 'hover' | 'scroll' | 'zoom' | 'search';

declare global {
  interface Window {
    bench: BenchPage;
  }
}

const SIZE = { width: 1_440, height: 900 };

window.bench = { paintOwn, paintReference, morph, interact, gpu };

async function paintOwn(frames: number): Promise<number> {
  const graph = bigGraph(frames, 1);
  const { host, root } = ownHost();
  await idle();
  const start = performance.now();
  await new Promise<void>((resolve) => {
    root.render(<FlameGraph graph={graph} theme="light" onDrawn={() => resolve()} />);
  });
  await painted();
  const millis = performance.now() - start;
  root.unmount();
  host.replaceChildren();
  return millis;
}

async function paintReference(frames: number): Promise<number> {
  const tree = nested(bigGraph(frames, 1));
  const host = element('reference');
  const chart = flamegraph().width(SIZE.width).cellHeight(20);
  await idle();
  const start = performance.now();
  select(host).datum<unknown>(tree).call(chart);
  await painted();
  const millis = performance.now() - start;
  host.replaceChildren();
  return millis;
}

async function morph(frames: number, rounds: number): Promise<number[]> {
  const graphs = [bigGraph(frames, 1), bigGraph(frames, 2, 4)];
  const { host, root } = ownHost();
  let morphing = false;
  const show = (graph: FlameGraphData | undefined) => {
    root.render(
      <FlameGraph
        graph={graph ?? null}
        theme="light"
        onDrawn={(moment) => {
          morphing = moment.morphing;
        }}
      />,
    );
  };
  show(graphs[0]);
  await idle();
  const intervals: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    show(graphs[round % 2]);
    await morphStart(() => morphing);
    let previous = await nextFrame();
    while (morphing) {
      const now = await nextFrame();
      intervals.push(now - previous);
      previous = now;
    }
    await idle();
  }
  root.unmount();
  host.replaceChildren();
  return intervals;
}

async function interact(frames: number): Promise<Record<Interaction, number[]>> {
  const { host, root } = ownHost();
  await new Promise<void>((resolve) => {
    root.render(<FlameGraph graph={bigGraph(frames, 1)} theme="light" onDrawn={() => resolve()} />);
  });
  await idle();
  const scroller = partOf(host, '.flame-scroller', HTMLElement);
  const search = partOf(host, 'input', HTMLInputElement);
  const box = scroller.getBoundingClientRect();
  const point = (x: number, y: number) => ({
    bubbles: true,
    clientX: box.left + x * box.width,
    clientY: box.top + y * box.height,
  });
  const intervals = {
    hover: await everyFrame(120, (at) => {
      scroller.dispatchEvent(new PointerEvent('pointermove', point(((at * 37) % 120) / 120, ((at * 53) % 120) / 120)));
    }),
    scroll: await everyFrame(120, (at) => {
      scroller.scrollTop += (at < 60 ? -1 : 1) * 9;
    }),
    zoom: await everyFrame(240, (at) => {
      if (at % 30 !== 0) return;
      if (at % 60 === 0) scroller.dispatchEvent(new MouseEvent('click', point(0.3 + (at % 7) / 20, 0.9)));
      else scroller.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'Home' }));
    }),
    search: await everyFrame(120, (at) => {
      if (at % 6 === 0) type(search, 'method12 kind'.slice(0, (at / 6) % 10));
    }),
  };
  root.unmount();
  host.replaceChildren();
  return intervals;
}

/** Acts at the start of each frame, and answers how long each took until the next. */
async function everyFrame(frames: number, act: (at: number) => void): Promise<number[]> {
  const intervals: number[] = [];
  let previous = await nextFrame();
  for (let at = 0; at < frames; at++) {
    act(at);
    const now = await nextFrame();
    intervals.push(now - previous);
    previous = now;
  }
  await idle();
  return intervals;
}

/** As a person types: React hears of it by the input event. */
function type(input: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function partOf<T extends HTMLElement>(host: HTMLElement, selector: string, kind: new () => T): T {
  const found = host.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${selector} on the page`);
  return found;
}

/** Frames until a morph begins; a picture that never moves is a failure, not a fast one. */
async function morphStart(morphing: () => boolean): Promise<void> {
  for (let waited = 0; !morphing(); waited++) {
    if (waited > 600) throw new Error('the picture did not morph');
    await nextFrame();
  }
}

/** The GPU that draws, as WebGL names it; null when the browser draws in software. */
function gpu(): string | null {
  const context = document.createElement('canvas').getContext('webgl');
  const info = context?.getExtension('WEBGL_debug_renderer_info');
  if (!context || !info) return null;
  const name = String(context.getParameter(info.UNMASKED_RENDERER_WEBGL));
  return /swiftshader|llvmpipe|software/i.test(name) ? null : name;
}

function ownHost() {
  const host = element('own');
  const box = document.createElement('div');
  box.style.width = `${SIZE.width}px`;
  box.style.height = `${SIZE.height}px`;
  host.replaceChildren(box);
  return { host, root: createRoot(box) };
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found;
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** After the frame that is being prepared has been painted: a task behind the next animation frame. */
async function painted(): Promise<void> {
  await nextFrame();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Several quiet frames: nothing of the last measurement is still being worked on. */
async function idle(): Promise<void> {
  for (let i = 0; i < 15; i++) await nextFrame();
}

interface NestedFrame {
  name: string;
  value: number;
  children: NestedFrame[];
}

function nested(graph: FlameGraphData): NestedFrame {
  const frames = graph.nodes.frame.map(
    (index, node): NestedFrame => ({
      name: graph.frames[index]?.name ?? 'all',
      value: graph.nodes.total[node] ?? 0,
      children: [],
    }),
  );
  graph.nodes.parent.forEach((parent, node) => {
    const child = frames[node];
    if (parent >= 0 && child !== undefined) frames[parent]?.children.push(child);
  });
  return frames[0] ?? { name: 'all', value: 0, children: [] };
}
