import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { writeProfile } from '../../../server/profile/write-profile.ts';
import type { StoreWork } from '../../../server/store/store-state.ts';
import { profileFromText } from '../../integration/store/profile-from-text.ts';
import { root } from '../run-flamelab.ts';

const WORKS: readonly StoreWork[] = ['commit', 'filing', 'compaction'];

/** The kill comes so long after the `count`th line that begins with `on`. */
export interface Kill {
  readonly on: 'a' | 'commit begins' | 'filing begins' | 'compaction begins';
  readonly count: number;
  readonly delayMillis?: number;
}

export interface Killed {
  /** Numbers of the profiles, which are their starts in milliseconds, too. */
  readonly acknowledged: readonly number[];
  /** What had begun and not ended. */
  readonly inside: readonly StoreWork[];
  /** What the store said in its log. */
  readonly said: string;
}

/** Appends in a process of its own, kills it with -9, and says what was acknowledged. */
export async function appendAndKill(dir: string, first: number, kill: Kill): Promise<Killed> {
  const file = join(dir, 'sample.pprof');
  await writeFile(file, writeProfile(profileFromText('main;a {tenant=t1} 1 10\nmain;b+c 2 20')));
  const program = join(root, 'test', 'support', 'crash', 'append-until-killed.mjs');
  const child = spawn(process.execPath, [program, dir, file, `${first}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const acknowledged: number[] = [];
  const inside = new Set<StoreWork>();
  let left = kill.count;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('a ')) acknowledged.push(Number(line.slice(2)));
    for (const work of WORKS) {
      if (line === `${work} begins`) inside.add(work);
      if (line === `${work} ends`) inside.delete(work);
    }
    if (line.startsWith(kill.on) && --left === 0) {
      waitBusy(kill.delayMillis ?? 0);
      child.kill('SIGKILL');
    }
  }
  await ended;
  return { acknowledged, inside: [...inside], said };
}

/** Timers are too coarse for what takes a few milliseconds. */
function waitBusy(millis: number): void {
  const end = performance.now() + millis;
  while (performance.now() < end);
}
