import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { readyLine } from '../../protocol/index.ts';
import { systemClock } from '../../server/clock.ts';
import { computeOverhead, type PeriodPair } from '../../server/collector/compute-overhead.ts';
import { createCollector, DEFAULT_COLLECTOR_SETTINGS } from '../../server/collector/index.ts';
import { measureOverhead } from '../../server/collector/measure-overhead.ts';
import { scrapeCounters } from '../../server/collector/scrape.ts';
import { createProfileParser } from '../../server/profile/profile-parser.ts';
import { root } from '../support/run-flamelab.ts';
import type { Figure } from './figure.ts';

const MUST = 0.01;
/** Until the interval is as narrow as it must be; with more pairs it would take more than twelve minutes. */
const LEAST_PAIRS = 40;
const MOST_PAIRS = 165;
const PERIOD_MILLIS = 2_000;
const WARM_MILLIS = 5_000;
const CONNECTIONS = 4;
/** One request again and again: what is compared must not differ by its mix. */
const REQUEST = '/search?q=oak+desk';

/**
 * A service that is busy without a pause, under the collector's default plan with all kinds: CPU per request in periods
 * with collection against its neighbours without, in the same process.
 */
export async function measureOverheadFigure(): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'flamelab-overhead-'));
  const service = await startService(folder);
  const busy = keepBusy(service.url);
  const parser = createProfileParser({ workers: 1 });
  const collector = createCollector({
    settings: DEFAULT_COLLECTOR_SETTINGS,
    sink: { append: async () => {}, appendMetrics: async () => {} },
    parse: (bytes) => parser.parse(bytes),
    clock: systemClock,
    events: { collected: () => {}, metrics: () => {}, healthChanged: () => {} },
  });
  try {
    collector.add({ name: 'search-1', url: service.url, labels: {}, ownWindows: true });
    const loop = collector.find('search-1');
    if (!loop) throw new Error('the collector has no loop for its target');
    await new Promise((resolve) => setTimeout(resolve, WARM_MILLIS));
    const address = await loop.address.get();
    const { signal } = new AbortController();
    const parts = {
      clock: systemClock,
      signal,
      holdBack: () => loop.holdBack(),
      goOn: () => loop.goOn(),
      readCounters: () => scrapeCounters(address, { timeoutMillis: 5_000, maxBytes: 100_000, signal }),
    };
    const pairs: PeriodPair[] = [];
    for await (const pair of measureOverhead(parts, { pairs: MOST_PAIRS, periodMillis: PERIOD_MILLIS })) {
      pairs.push(pair);
      if (pairs.length >= LEAST_PAIRS && halfWidthOf(pairs) <= MUST) break;
    }
    return figureFrom(pairs);
  } finally {
    await collector.close();
    await parser.close();
    await busy.stop();
    await service.stop();
    await rm(folder, { recursive: true });
  }
}

function figureFrom(pairs: readonly PeriodPair[]): Figure {
  const { relative, requestsPerSecond } = computeOverhead(pairs);
  if (!relative) throw new Error('the service tells no CPU time');
  const half = halfWidthOf(pairs);
  const percent = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(2)} %`;
  const costs = pairs.map(({ without, collected }) => {
    return (collected.cpuNanos / collected.requests / (without.cpuNanos / without.requests) - 1) * 100;
  });
  return {
    id: 'overhead',
    title:
      `default collection, all kinds: CPU per request of a busy service, ${pairs.length} ABBA pairs at ` +
      `${Math.round(requestsPerSecond ?? 0)} /s (95 %: ${percent(relative.low)} … ${percent(relative.high)})`,
    value: relative.point * 100,
    unit: '%',
    reference: null,
    ratio: 1 + relative.point,
    must: `≤ ${MUST * 100} %, half-width of the interval ≤ ${MUST * 100} %`,
    ok: relative.point <= MUST && half <= MUST,
    runs: costs,
  };
}

/** Of the interval of what collection costs, as a share. */
function halfWidthOf(pairs: readonly PeriodPair[]): number {
  const { relative } = computeOverhead(pairs);
  return relative ? (relative.high - relative.low) / 2 : Infinity;
}

async function startService(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const binary = join(folder, 'search');
  await promisify(execFile)('go', ['build', '-trimpath', '-o', binary, './search'], { cwd: join(root, 'go-samples') });
  const child = spawn(binary, ['-addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return {
    url: `http://${readyLine.parse(JSON.parse(line)).addr}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The next request as soon as one is answered, on a few connections. */
function keepBusy(url: string): { stop(): Promise<void> } {
  const agent = new Agent({ keepAlive: true });
  let stopped = false;
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url + REQUEST, { agent }, (answer) => answer.resume().once('end', resolve)).once('error', reject);
    });
  const loop = async () => {
    while (!stopped) await ask();
  };
  const loops = Array.from({ length: CONNECTIONS }, loop);
  return {
    async stop() {
      stopped = true;
      await Promise.all(loops);
      agent.destroy();
    },
  };
}
