import { readdirSync, readFileSync } from 'node:fs';
import { createFolders, serveLab, until } from '../support/run-flamelab.ts';
import { type Figure, median } from './figure.ts';

const CORE_SHARE = 0.03;
const RSS_BYTES = 350e6;
/** Until what start-up left to do is done: compiling of scripts, sweeping of heaps. */
const SETTLE_MILLIS = 30_000;
const WINDOWS = 3;
const WINDOW_MILLIS = 20_000;
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** Fleet up, no load, no page: CPU of the lab's whole process tree, and the server's resident memory. Linux only. */
export async function measureIdle(): Promise<Figure> {
  const folders = await createFolders();
  const lab = await serveLab(folders);
  try {
    await until(
      () => lab.ask('/api/targets'),
      ({ body }) => (JSON.stringify(body).match(/"health":"up"/g) ?? []).length >= 4,
    );
    await lab.ask('/api/load', { method: 'POST', body: { do: 'pause' } });
    await wait(SETTLE_MILLIS);
    const pid = lab.child.pid ?? 0;
    const shares: number[] = [];
    for (let window = 0; window < WINDOWS; window++) {
      const before = cpuSecondsOf(folders.data, pid);
      await wait(WINDOW_MILLIS);
      shares.push((cpuSecondsOf(folders.data, pid) - before) / (WINDOW_MILLIS / 1_000));
    }
    const rss = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
    return figureOf(shares, rss);
  } finally {
    await lab.stop();
    await folders.remove();
  }
}

function figureOf(shares: readonly number[], rss: number): Figure {
  const share = median(shares);
  return {
    id: 'idle',
    title: `fleet up, no load, no page: CPU of the tree (server RSS ${Math.round(rss / 1e6)} MB)`,
    value: share * 100,
    unit: '% of a core',
    reference: null,
    ratio: null,
    must: `≤ ${CORE_SHARE * 100} % of a core, ≤ ${RSS_BYTES / 1e6} MB`,
    ok: share <= CORE_SHARE && rss <= RSS_BYTES,
    runs: shares.map((one) => one * 100),
  };
}

/** The server, and everything whose program or arguments lie in the data folder. */
function cpuSecondsOf(folder: string, server: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.reduce(
    (sum, pid) => sum + (Number(pid) === server || commandOf(pid).includes(folder) ? secondsOf(pid) : 0),
    0,
  );
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function secondsOf(pid: string): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

const wait = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));
