import { readFile } from 'node:fs/promises';
import { ensureCorpus } from './bazaar-corpus.ts';
import { type Figure, median } from './figure.ts';
import { openPusher } from './open-pusher.ts';
import { serveStoreLab } from './serve-store-lab.ts';

const SECONDS = Number(process.env.FLAMELAB_BENCH_SOAK_SECONDS ?? 1_800);
const PER_SECOND = 200;
const CLIENTS = 16;
const MUST_BYTES = 500e6;
/** The last third against the second: what still grows after start-up grows for ever. */
const MUST_GROWTH = 1.1;
const LOOKS = 60;

/** Half an hour of profiles from 200 processes, one each second: the server's resident memory (Linux), looked at 60 times. */
export async function measureSoak(): Promise<Figure> {
  const corpus = await ensureCorpus();
  const { lab, close } = await serveStoreLab();
  const pusher = await openPusher(lab, corpus);
  try {
    const sizes: number[] = [];
    const look = setInterval(
      async () => sizes.push(await residentBytes(lab.child.pid ?? 0)),
      (SECONDS * 1_000) / LOOKS,
    );
    const pushed = await pusher
      .push({ instance: 'soak', clients: CLIENTS, perSecond: PER_SECOND, seconds: SECONDS })
      .finally(() => clearInterval(look));
    return figureOf(sizes, pushed);
  } finally {
    await pusher.close();
    await close();
  }
}

function figureOf(sizes: readonly number[], { pushed, millis }: { pushed: number; millis: number }): Figure {
  const third = Math.floor(sizes.length / 3);
  const growth = median(sizes.slice(-third)) / median(sizes.slice(third, -third));
  const largest = Math.max(...sizes);
  const rate = (pushed / millis) * 1_000;
  return {
    id: 'soak',
    title: `largest RSS through ${Math.round(millis / 60_000)} minutes at ${Math.round(rate)} profiles/s (last third / second: ${growth.toFixed(3)})`,
    value: largest / 1e6,
    unit: 'MB',
    reference: null,
    ratio: null,
    must: `≤ ${MUST_BYTES / 1e6} MB, flat: ≤ ${MUST_GROWTH}`,
    ok: largest <= MUST_BYTES && growth <= MUST_GROWTH && rate >= PER_SECOND * 0.98,
    runs: sizes.map((size) => size / 1e6),
  };
}

async function residentBytes(pid: number): Promise<number> {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}
