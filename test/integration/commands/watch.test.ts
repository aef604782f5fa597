import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { afterEach, expect, test } from 'vitest';
import { createFolders, root, until } from '../../support/run-flamelab.ts';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

/** `flamelab watch` on a terminal of its own, with all that it has written. */
async function watch(slug: string): Promise<{ pty: IPty; text(): string; ended: Promise<number> }> {
  const { data, workspace } = await createFolders();
  folders.push(join(data, '..'));
  const command = join(root, 'server', 'bin', 'flamelab.mjs');
  const pty = spawn(process.execPath, [command, 'watch', slug, '--data', data, '--workspace', workspace], {
    cols: 120,
    cwd: root,
  });
  let text = '';
  pty.onData((more) => {
    text += more;
  });
  const ended = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  return { pty, text: () => text, ended };
}

test('keys are answered while a check runs, and q ends it with all that it started', async () => {
  const { pty, text, ended } = await watch('read-a-flame');
  const says = (words: string) =>
    until(
      async () => text(),
      (written) => written.includes(words),
    );
  await says('h hint   n next   l list   r reset   q quit');
  pty.write('l');
  await says('Churn or live');
  pty.write('h');
  await says('1/4 instrument:');
  expect(text()).not.toContain('NOT-FIXED');
  pty.write('q');
  expect(await ended).toBe(0);
  expect(text()).not.toContain('NOT-FIXED');
});
