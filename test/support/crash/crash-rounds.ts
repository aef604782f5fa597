import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../../server/clock.ts';
import type { ProfileStore } from '../../../server/store/index.ts';
import { root } from '../run-flamelab.ts';
import { appendAndKill, type Kill } from './killed-appender.ts';

export interface CrashReport {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Numbers that were acknowledged and whose profile, own function or point is gone. */
  readonly lost: readonly number[];
  /** How many kills fell into which work. */
  readonly inside: Readonly<Record<'commit' | 'filing' | 'compaction' | 'neither', number>>;
  /** Lines of the store's log: a sound store says nothing. */
  readonly said: readonly string[];
}

/** Round numbers are far apart, so that none gives a number of another. */
const ROUND = 1_000_000;
const EVENTS = ['commit begins', 'filing begins', 'compaction begins', 'a'] as const;
/** Commits, filing and compactions of so few rows take a few milliseconds. */
const MAX_DELAY_MILLIS = 4;

/** Kills a process that appends to one store again and again, then looks whether the store has all that was acknowledged. */
export async function runCrashRounds(
  dir: string,
  rounds: number,
  ended: (round: number) => void = () => {},
): Promise<CrashReport> {
  const acknowledged: number[] = [];
  const inside = { commit: 0, filing: 0, compaction: 0, neither: 0 };
  const said: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const killed = await appendAndKill(dir, 1 + round * ROUND, randomKill(round));
    acknowledged.push(...killed.acknowledged);
    for (const work of killed.inside) inside[work]++;
    if (killed.inside.length === 0) inside.neither++;
    if (killed.said !== '') said.push(`round ${round}: ${killed.said}`);
    ended(round + 1);
  }
  // The built one, beside which is the program that looks at files after a kill; benchmarks are bundled elsewhere.
  const built = pathToFileURL(join(root, 'dist', 'server', 'store', 'index.js')).href;
  const { openStore }: typeof import('../../../server/store/index.ts') = await import(built);
  const log = (line: string): void => void said.push(line);
  const store = await openStore({ dir, clock: systemClock, log });
  try {
    return { rounds, acknowledged: acknowledged.length, lost: await findLost(store, acknowledged), inside, said };
  } finally {
    await store.close();
  }
}

function randomKill(round: number): Kill {
  const on = EVENTS[round % EVENTS.length] ?? 'a';
  const most = on === 'compaction begins' || on === 'filing begins' ? 4 : 60;
  return { on, count: 1 + Math.floor(Math.random() * most), delayMillis: Math.random() * MAX_DELAY_MILLIS };
}

async function findLost(store: ProfileStore, acknowledged: readonly number[]): Promise<number[]> {
  const everything = { kind: 'cpu', selector: [], from: null, to: null };
  const { series } = await store.series(everything, { type: null, stepMillis: 1, by: [] });
  const metrics = await store.metrics('n', [], { from: null, to: null, stepMillis: 1 });
  const starts = new Set(series.flatMap(({ points }) => points.map(([at]) => at)));
  const points = new Set(metrics.series.flatMap((one) => one.points.map(([at]) => at)));
  const own = await store.sumByStack(everything, 'samples');
  const functions = new Set(own.functions.map(({ name }) => name));
  return acknowledged.filter((number) => !(starts.has(number) && points.has(number) && functions.has(`a${number}`)));
}
