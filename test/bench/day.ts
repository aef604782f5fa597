import { flameGraph } from '../../protocol/index.ts';
import { ensureCorpus } from './bazaar-corpus.ts';
import { type Figure, median } from './figure.ts';
import { fillStore, readAll } from './fill-store.ts';
import { serveStoreLab } from './serve-store-lab.ts';
import { timeAnswers } from './time-answers.ts';

const MUST_MILLIS = 150;
const WINDOWS = 86_400;
const RUNS = 21;
const INSTANCE = 'search-1';

/**
 * The flame graph of one service's whole day, one window a second, from a lab that has just been opened. The day repeats the
 * recorded windows of that service; those of the others stand between them, one every ten seconds, as the collector takes them.
 */
export async function measureDay(): Promise<Figure> {
  const corpus = readAll((await ensureCorpus()).profiles);
  const ofService = corpus.filter(({ service }) => service === 'search');
  const ofOthers = corpus.filter(({ service }) => service !== 'search');
  const startMillis = Date.now() - WINDOWS * 1_000;
  const perTen = 11;
  const { lab, close } = await serveStoreLab((dir) =>
    fillStore(dir, {
      windows: (WINDOWS / 10) * perTen,
      windowAt(index) {
        const [tenth, inside] = [Math.floor(index / perTen), index % perTen];
        const among = inside === 10 ? ofOthers : ofService;
        const second = tenth * 10 + Math.min(inside, 9);
        const profile = among[second % among.length];
        if (profile === undefined) throw new Error('the corpus has no such service');
        return {
          profile,
          instance: inside === 10 ? profile.instance : INSTANCE,
          startMillis: startMillis + second * 1_000,
        };
      },
    }),
  );
  const path = `/api/flamegraph?kind=cpu&maxFrames=0&match=${encodeURIComponent('{service="search"}')}`;
  try {
    const { window } = flameGraph.parse((await lab.ask(path)).body);
    if (window.profiles !== WINDOWS) throw new Error(`${window.profiles} windows`);
    const millis = await timeAnswers(lab, path, RUNS);
    const value = median(millis);
    return {
      id: 'day',
      title: `merged flame graph of ${WINDOWS} windows of one service (${ofService.length} distinct), as HTTP JSON`,
      value,
      unit: 'ms',
      reference: null,
      ratio: null,
      must: `≤ ${MUST_MILLIS} ms p50`,
      ok: value <= MUST_MILLIS,
      runs: millis,
    };
  } finally {
    await close();
  }
}
