import { gunzipProfile, readProfile } from '../../server/profile/index.ts';
import { type Corpus, ensureCorpus } from './bazaar-corpus.ts';
import { type Figure, median } from './figure.ts';
import { openPusher } from './open-pusher.ts';
import { serveStoreLab } from './serve-store-lab.ts';

const MUST = 2_500;
const CLIENTS = 64;
const RUNS = 5;

/** Profiles that a fresh lab takes through POST /api/profiles, each durable and visible before its 201; the corpus in each run. */
export async function measureIngest(): Promise<Figure> {
  const corpus = await ensureCorpus();
  const rates = await pushRuns(corpus);
  const alone = Array.from({ length: RUNS }, () => readAlone(corpus));
  const [value, reference] = [median(rates), median(alone)];
  return {
    id: 'ingest',
    title: `durable 1 s CPU profiles through HTTP (${corpus.profiles.length} distinct, ${meanKilobytes(corpus)} KB of gzip)`,
    value,
    unit: 'profiles/s',
    reference: { title: 'reading alone, one core', value: reference },
    ratio: value / reference,
    must: `≥ ${MUST} profiles/s`,
    ok: value >= MUST,
    runs: rates,
  };
}

export function meanKilobytes({ profiles }: Corpus): string {
  return (profiles.reduce((sum, { bytes }) => sum + bytes.length, 0) / profiles.length / 1_000).toFixed(1);
}

async function pushRuns(corpus: Corpus): Promise<number[]> {
  const { lab, close } = await serveStoreLab();
  const pusher = await openPusher(lab, corpus);
  try {
    const rates: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      const { pushed, millis } = await pusher.push({ instance: `run-${run}`, clients: CLIENTS });
      if (run > 0) rates.push((pushed / millis) * 1_000);
    }
    return rates;
  } finally {
    await pusher.close();
    await close();
  }
}

/** Profiles per second. */
function readAlone({ profiles }: Corpus): number {
  const started = performance.now();
  for (const { bytes } of profiles) readProfile(gunzipProfile(bytes));
  return (profiles.length / (performance.now() - started)) * 1_000;
}
