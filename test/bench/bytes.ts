import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedLab } from '../support/run-flamelab.ts';
import { type Corpus, ensureCorpus } from './bazaar-corpus.ts';
import type { Figure } from './figure.ts';
import { meanKilobytes } from './ingest.ts';
import { openPusher } from './open-pusher.ts';
import { serveStoreLab } from './serve-store-lab.ts';

const MUST = 0.035;
const CLIENTS = 64;
/** As the store's own: after so long without a profile it puts in order what is left, and moves the log into the file. */
const QUIET_MILLIS = 25_000;

/** All of the store's folder, log and symbols included, while the lab still runs, for each pushed profile and its gzip bytes. */
export async function measureBytes(): Promise<Figure> {
  const corpus = await ensureCorpus();
  const { lab, close } = await serveStoreLab();
  try {
    const empty = await bytesOf(lab);
    await pushOnce(lab, corpus);
    await new Promise((resolve) => setTimeout(resolve, QUIET_MILLIS));
    return figureOf(corpus, await bytesOf(lab), empty);
  } finally {
    await close();
  }
}

async function pushOnce(lab: ServedLab, corpus: Corpus): Promise<void> {
  const pusher = await openPusher(lab, corpus);
  try {
    await pusher.push({ instance: 'a', clients: CLIENTS });
  } finally {
    await pusher.close();
  }
}

async function bytesOf({ data }: ServedLab): Promise<number> {
  const folder = join(data, 'store');
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function figureOf(corpus: Corpus, bytes: number, empty: number): Figure {
  const count = corpus.profiles.length;
  const gzip = corpus.profiles.reduce((sum, profile) => sum + profile.bytes.length, 0);
  const ratio = bytes / gzip;
  return {
    id: 'bytes',
    title: `store bytes per 1 s CPU profile (${count} distinct, ${meanKilobytes(corpus)} KB of gzip; an empty store has ${Math.round(empty / 1_000)} KB)`,
    value: bytes / count,
    unit: 'bytes',
    reference: { title: 'its gzip pprof', value: gzip / count },
    ratio,
    must: `≤ ${(MUST * 100).toFixed(1)} %`,
    ok: ratio <= MUST,
    runs: [],
  };
}
