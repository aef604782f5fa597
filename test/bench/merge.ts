import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { flameGraph } from '../../protocol/index.ts';
import { type Corpus, ensureCorpus } from './bazaar-corpus.ts';
import { type Figure, median } from './figure.ts';
import { fillStore, readAll } from './fill-store.ts';
import { serveStoreLab } from './serve-store-lab.ts';
import { timeAnswers } from './time-answers.ts';

const MUST = 30;
const PROFILES = 1_000;
const RUNS = 21;
const REFERENCE_RUNS = 3;
const PATH = '/api/flamegraph?kind=cpu&maxFrames=0';

const run = promisify(execFile);

/** The flame graph of 1,000 stored profiles, untrimmed, as HTTP JSON from a lab that has just been opened, against pprof's merge. */
export async function measureMerge(): Promise<Figure> {
  const corpus = await ensureCorpus();
  const count = Math.min(PROFILES, corpus.profiles.length);
  const profiles = readAll(corpus.profiles.slice(0, count));
  const nanos = profiles.reduce((sum, { profile }) => sum + totalOf(profile.samples.values), 0);
  const startMillis = Date.now() - count * 1_000;
  const { lab, close } = await serveStoreLab((dir) =>
    fillStore(dir, {
      windows: count,
      windowAt(index) {
        const profile = profiles[index];
        if (profile === undefined) throw new Error(`no profile ${index}`);
        return { profile, instance: profile.instance, startMillis: startMillis + index * 1_000 };
      },
    }),
  );
  try {
    const { total, window } = flameGraph.parse((await lab.ask(PATH)).body);
    if (total !== nanos || window.profiles !== count)
      throw new Error(`${total} ns of ${window.profiles}, not ${nanos}`);
    const millis = await timeAnswers(lab, PATH, RUNS);
    const reference = median(await mergeWithPprof(corpus, count));
    return figureOf(millis, reference, count);
  } finally {
    await close();
  }
}

/** CPU profiles have two types: samples and nanoseconds. */
function totalOf(values: BigInt64Array): number {
  let total = 0;
  for (let at = 1; at < values.length; at += 2) total += Number(values[at]);
  return total;
}

function figureOf(millis: readonly number[], reference: number, count: number): Figure {
  const value = median(millis);
  return {
    id: 'merge',
    title: `merged flame graph of ${count} stored profiles, as HTTP JSON`,
    value,
    unit: 'ms',
    reference: { title: 'go tool pprof -proto on the same files', value: reference },
    ratio: reference / value,
    must: `≥ ${MUST} × faster`,
    ok: reference / value >= MUST,
    runs: millis,
  };
}

async function mergeWithPprof({ folder }: Corpus, count: number): Promise<number[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pb.gz')).sort();
  const files = names.slice(0, count).map((name) => join(folder, name));
  const millis: number[] = [];
  for (let turn = 0; turn <= REFERENCE_RUNS; turn++) {
    const started = performance.now();
    await run('go', ['tool', 'pprof', '-symbolize=none', '-proto', '-output=/dev/null', ...files]);
    if (turn > 0) millis.push(performance.now() - started);
  }
  return millis;
}
