import { type Figure, percentile } from './figure.ts';
import { openBenchPage } from './open-bench-page.ts';

const SCREEN_MILLIS = 1_000 / 60;
const FRAMES = 50_000;
/** Each a morph of 400 ms, so about 24 frames; the layout of the new tree is part of it. */
const ROUNDS = 15;
/** Timestamps of frames are rounded by the browser. */
const TOLERANCE = 0.02;

/** Frame time, 95th percentile over all frames of all morphs, while 50,000 frames go over into another build's 50,000. */
export async function measureMorph(): Promise<Figure> {
  const { page, close } = await openBenchPage();
  try {
    await page.evaluate((frames) => window.bench.morph(frames, 2), FRAMES);
    const runs: number[] = [];
    for (let i = 0; i < 3; i++) {
      runs.push(
        percentile(
          await page.evaluate(([frames, rounds]) => window.bench.morph(frames, rounds), [FRAMES, ROUNDS] as const),
          0.95,
        ),
      );
    }
    const gpu = await page.evaluate(() => window.bench.gpu());
    const value = runs.toSorted((a, b) => a - b)[1] ?? Number.NaN;
    const limit = gpu === null ? 2 : 1;
    const ratio = value / SCREEN_MILLIS;
    return {
      id: 'morph',
      title: `frame time p95 while 50,000 frames morph (${gpu === null ? 'no GPU' : gpu})`,
      value,
      unit: 'ms',
      reference: { title: "the screen's frame", value: SCREEN_MILLIS },
      ratio,
      must: `≤ ${limit} × the screen's frame`,
      ok: ratio <= limit + TOLERANCE,
      runs,
    };
  } finally {
    await close();
  }
}
