import { type Figure, median } from './figure.ts';
import { openBenchPage } from './open-bench-page.ts';

const MUST = 20;
const FRAMES = 50_000;
const RUNS = 7;
/** d3-flame-graph takes many seconds for one picture of this size. */
const REFERENCE_RUNS = 2;

/** First paint of 50,000 frames: ours with everything around it, against d3-flame-graph's bare chart, in one page. */
export async function measurePaint(): Promise<Figure> {
  const { page, close } = await openBenchPage();
  try {
    await page.evaluate((frames) => window.bench.paintOwn(frames), FRAMES);
    const runs: number[] = [];
    for (let i = 0; i < RUNS; i++) runs.push(await page.evaluate((frames) => window.bench.paintOwn(frames), FRAMES));
    const references: number[] = [];
    for (let i = 0; i < REFERENCE_RUNS; i++) {
      references.push(await page.evaluate((frames) => window.bench.paintReference(frames), FRAMES));
    }
    const [value, reference] = [median(runs), median(references)];
    return {
      id: 'paint',
      title: 'first paint of 50,000 frames',
      value,
      unit: 'ms',
      reference: { title: 'd3-flame-graph, same tree, same page', value: reference },
      ratio: reference / value,
      must: `≥ ${MUST} × faster`,
      ok: reference / value >= MUST,
      runs,
    };
  } finally {
    await close();
  }
}
