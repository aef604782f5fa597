import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeProfile } from '../../../server/profile/write-profile.ts';
import { profileFromText } from './profile-from-text.ts';

const PROGRAM = fileURLToPath(new URL('./append-until-killed.mjs', import.meta.url));

/** Appends in a process of its own, kills it with -9 after so many acknowledgements, and says what was acknowledged. */
export async function appendAndKill(
  dir: string,
  options: { first: number; acknowledgements: number },
): Promise<number[]> {
  const file = join(dir, 'sample.pprof');
  await writeFile(file, writeProfile(profileFromText('main;a {tenant=t1} 1 10\nmain;b+c 2 20')));
  const child = spawn(process.execPath, [PROGRAM, dir, file, String(options.first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === options.acknowledgements) child.kill('SIGKILL');
  }
  await ended;
  return acknowledged;
}
