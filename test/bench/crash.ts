import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCrashRounds } from '../support/crash/crash-rounds.ts';
import type { Figure } from './figure.ts';

const ROUNDS = Number(process.env.FLAMELAB_BENCH_CRASHES ?? 200);

/** Kills a process that appends and compacts, with -9 at random moments, again and again on one store, and counts what is lost. */
export async function measureCrash(): Promise<Figure> {
  const dir = await mkdtemp(join(tmpdir(), 'flamelab-crash-'));
  try {
    const { acknowledged, lost, inside, said } = await runCrashRounds(dir, ROUNDS, (round) => {
      if (round % 20 === 0) process.stderr.write(`killed ${round} of ${ROUNDS} times\n`);
    });
    const where = `${inside.commit} inside group commit, ${inside.filing} inside filing, ${inside.compaction} inside compaction`;
    return {
      id: 'crash',
      title: `acknowledged profiles lost by ${ROUNDS} kills (${where}; ${acknowledged} acknowledged)`,
      value: lost.length,
      unit: 'profiles',
      reference: null,
      ratio: null,
      must: '0, with kills inside group commit, filing and compaction, and nothing moved aside',
      ok: lost.length === 0 && said.length === 0 && inside.commit > 0 && inside.filing > 0 && inside.compaction > 0,
      runs: [],
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
