import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openBazaar } from './open-bazaar.ts';

/** A recorded one-second CPU profile. */
export interface CorpusProfile {
  readonly service: string;
  /** Of the service, e.g. `search-2`. */
  readonly instance: string;
  /** As the service sent it: gzip. */
  readonly bytes: Uint8Array;
}

export interface Corpus {
  /** Names of files: `MILLIS-INSTANCE.pb.gz`. */
  readonly folder: string;
  /** In the order of recording. */
  readonly profiles: readonly CorpusProfile[];
}

/** Another number when the services, their traffic or their windows change; what was recorded before then stays behind. */
const RECORDING = 2;
const WINDOW_MILLIS = 1_000;
/** What the figures are about: twenty minutes of recording. */
export const WHOLE_CORPUS = 5_000;
/** What they are measured on where nobody has recorded more: five minutes. */
const START_OF_CORPUS = 1_200;

/**
 * Distinct one-second CPU profiles of Bazaar's services under the load generator's traffic, recorded back to back from four
 * instances that share two cores. At least `count` of them, and all that were recorded before; they stay in the system's
 * temporary folder. `npm run bench -- corpus` records the whole.
 */
export async function ensureCorpus(count = START_OF_CORPUS): Promise<Corpus> {
  const folder = join(tmpdir(), `flamelab-corpus-${RECORDING}`);
  await mkdir(folder, { recursive: true });
  const there = await namesIn(folder);
  if (there.length < count) await record(folder, count - there.length);
  const names = (await namesIn(folder)).slice(0, WHOLE_CORPUS);
  const profiles = await Promise.all(names.map((name) => load(folder, name)));
  const distinct = new Set(profiles.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex')));
  if (distinct.size < names.length)
    throw new Error(`${folder} has ${names.length} profiles, ${distinct.size} distinct; delete it to record anew`);
  return { folder, profiles };
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.pb.gz')).sort();

async function load(folder: string, name: string): Promise<CorpusProfile> {
  const instance = /^\d+-(.+)\.pb\.gz$/.exec(name)?.[1] ?? '';
  const service = instance.replace(/-\d+$/, '');
  return { service, instance, bytes: new Uint8Array(await readFile(join(folder, name))) };
}

async function record(folder: string, wanted: number): Promise<void> {
  const bazaar = await openBazaar();
  let taken = 0;
  let said = 0;
  const recordInstance = async ({ instance, url }: { instance: string; url: string }): Promise<void> => {
    while (taken < wanted) {
      const millis = Date.now();
      const bytes = await takeProfile(url);
      if (bytes === null) {
        await setTimeout(WINDOW_MILLIS);
        continue;
      }
      const draft = join(folder, `${instance}.draft`);
      await writeFile(draft, bytes);
      await rename(draft, join(folder, `${millis}-${instance}.pb.gz`));
      if (++taken - said < 100) continue;
      said = taken;
      process.stderr.write(`recording Bazaar: ${taken} of ${wanted} profiles\n`);
    }
  };
  try {
    await Promise.all(bazaar.instances.map(recordInstance));
  } finally {
    await bazaar.close();
  }
}

/** Null where the machine is so busy that the service can't be reached, or not within ten windows, or still takes the profile before. */
async function takeProfile(url: string): Promise<Uint8Array | null> {
  try {
    // A connection of its own for each: a service closes one that the last write left idle for too long.
    const asked = { headers: { connection: 'close' }, signal: AbortSignal.timeout(10 * WINDOW_MILLIS) };
    const response = await fetch(`${url}/debug/flamelab/cpu?millis=${WINDOW_MILLIS}`, asked);
    if (response.status === 409) return null;
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (cause instanceof TypeError || (cause instanceof DOMException && cause.name === 'TimeoutError')) return null;
    throw cause;
  }
}
