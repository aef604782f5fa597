import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flameGraphFromText } from '../support/flame-graph-from-text.ts';
import { openBrowser } from '../support/open-browser.ts';
import { until } from '../support/run-flamelab.ts';
import { openGallery } from './gallery/open-gallery.ts';

const MORPH_MILLIS = 400;
const FRAME_MILLIS = 17;
const STD: Readonly<Record<string, string>> = { 'regexp.MustCompile': 'regexp' };
const graphOf = (text: string) => flameGraphFromText(text, { package: (name) => STD[name] ?? 'main' });

const SLOW = graphOf('main.handle;regexp.MustCompile 60\nmain.handle;main.rank 40');
const FIXED = graphOf('main.handle;main.rank 40');

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await openGallery(browser);
});
afterAll(async () => {
  await browser?.close();
});

test('half-way through a morph the removed frame is strictly narrower but there, and its sibling is still itself', async () => {
  await show(SLOW);
  await page.clock.runFor(2 * MORPH_MILLIS);
  const [sibling, removed, ...others] = await rowAboveHandle();
  expect(others).toEqual([]);
  expect(sibling?.share).toBeCloseTo(0.4, 1);
  expect(removed?.share).toBeCloseTo(0.6, 1);
  await names(sibling, 'main.rank');
  await names(removed, 'regexp.MustCompile');

  await show(FIXED);
  // It sets out fast and arrives slowly: after a quarter of the time it is about half-way.
  await page.clock.runFor(MORPH_MILLIS / 4);
  const half = await rowAboveHandle();
  expect(half.map(({ colour }) => colour)).toEqual([sibling?.colour, removed?.colour]);
  expect(half[1]?.share).toBeGreaterThan(0.01);
  expect(half[1]?.share).toBeLessThan(0.59);
  expect(half[0]?.share).toBeGreaterThan(0.41);
  expect(half[0]?.share).toBeLessThan(0.99);
  await names(half[0], 'main.rank');
  await names(half[1], null);

  await page.clock.runFor(2 * MORPH_MILLIS);
  const end = await rowAboveHandle();
  expect(end.map(({ colour }) => colour)).toEqual([sibling?.colour]);
  expect(end[0]?.share).toBeCloseTo(1, 1);
  await names(end[0], 'main.rank');
});

/** A stretch of one colour; a frame, since neighbours here are of different packages. */
interface Run {
  readonly colour: string;
  readonly share: number;
  /** Pixels from the left edge. */
  readonly middle: number;
}

const ROW_PIXELS = 20;
/** From the bottom: all, main.handle, and what it calls. */
const ROW = 2;
/** Below the row's upper edge, above its text. */
const CLEAR_OF_TEXT = 3;

async function show(graph: typeof SLOW): Promise<void> {
  await page.evaluate((next) => window.showGraph(next), graph);
  await until(
    async () => {
      await page.clock.runFor(FRAME_MILLIS);
      return page.locator('.flame-graph').getAttribute('data-total');
    },
    (total) => total === String(graph.total),
  );
}

async function rowAboveHandle(): Promise<Run[]> {
  await page.mouse.move(0, 0);
  await page.clock.runFor(FRAME_MILLIS);
  return page.locator('canvas').evaluate(
    (canvas, fromBottom) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('not a canvas');
      const { width, height } = canvas;
      const line = canvas.getContext('2d')?.getImageData(0, height - fromBottom, width, 1).data ?? [];
      const runs: { colour: string; from: number; to: number }[] = [];
      for (let x = 0; x < width; x++) {
        const colour = [...line.slice(4 * x, 4 * x + 4)].join();
        const last = runs.at(-1);
        if (last?.colour === colour) last.to = x + 1;
        else runs.push({ colour, from: x, to: x + 1 });
      }
      return runs
        .filter(({ from, to }) => to - from > 3)
        .map(({ colour, from, to }) => ({ colour, share: (to - from) / width, middle: (from + to) / 2 }));
    },
    (ROW + 1) * ROW_PIXELS - CLEAR_OF_TEXT,
  );
}

/** A pointer on it brings the tip with that name; null: no tip, it is on its way out. */
async function names(run: Run | undefined, name: string | null): Promise<void> {
  const box = await page.locator('canvas').boundingBox();
  if (!box || !run) throw new Error('there is nothing to point at');
  await page.mouse.move(box.x + run.middle, box.y + box.height - (ROW + 0.5) * ROW_PIXELS);
  const tip = page.locator('.flame-tooltip-name');
  if (name === null) await tip.waitFor({ state: 'detached' });
  else await tip.filter({ hasText: name }).waitFor();
}
