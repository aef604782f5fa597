import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { root, type ServedLab } from '../support/run-flamelab.ts';
import type { Corpus } from './bazaar-corpus.ts';

/** `perSecond` and `seconds` together: at that pace; without them the corpus once, as fast as it goes. */
export interface PushTask {
  /** Ends the names of the instances, so that each task has series of its own. */
  readonly instance: string;
  readonly clients: number;
  readonly perSecond?: number;
  readonly seconds?: number;
}

export interface Pusher {
  /** Resolves when the last profile was acknowledged; rejects when one was refused. */
  push(task: PushTask): Promise<{ readonly pushed: number; readonly millis: number }>;
  close(): Promise<void>;
}

/** `push-profiles.go` in a process of its own, with the corpus in memory. */
export async function openPusher(lab: ServedLab, corpus: Corpus): Promise<Pusher> {
  const folder = await mkdtemp(join(tmpdir(), 'flamelab-pusher-'));
  const program = join(folder, platform === 'win32' ? 'push-profiles.exe' : 'push-profiles');
  await promisify(execFile)('go', ['build', '-o', program, join(root, 'test', 'bench', 'push-profiles.go')]);
  const args = [`${lab.port}`, lab.token, corpus.folder, `${corpus.profiles.length}`];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    async push(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('the pushing process has ended');
      const { pushed, refused, millis }: { pushed: number; refused: number; millis: number } = JSON.parse(line.value);
      if (refused > 0) throw new Error(`${refused} of ${pushed + refused} profiles were refused; ${lab.stderr()}`);
      return { pushed, millis };
    },
    async close() {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
