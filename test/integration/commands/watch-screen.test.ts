import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterEach, expect, test } from 'vitest';
import { createFolders, root, until } from '../../support/run-flamelab.ts';
import { createTerminalPicture } from '../../support/terminal-picture.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(endings.splice(0).map((end) => end())));

/** `flamelab watch` on a pty of its own, and what stands on it. */
async function watch(slug: string, size: { cols: number; rows: number }) {
  const { data, workspace, remove } = await createFolders();
  const command = join(root, 'server', 'bin', 'flamelab.mjs');
  const args = [command, 'watch', slug, '--data', data, '--workspace', workspace];
  const pty = spawn(process.execPath, args, { ...size, cwd: root });
  const picture = createTerminalPicture();
  let text = '';
  pty.onData((more) => {
    text += more;
    picture.write(more);
  });
  const ended = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  endings.push(async () => {
    if (!hasEnded) pty.kill('SIGTERM');
    await ended;
    await remove();
  });
  return {
    pty,
    picture,
    ended,
    text: () => text,
    shows: (wanted: RegExp) =>
      until(
        async () => picture.rows().join('\n'),
        (rows) => wanted.test(rows),
      ),
  };
}

test('gates fill in, then verdict and flame graph; keys turn the pane; q gives the terminal back', async () => {
  const { pty, picture, ended, shows, text } = await watch('read-a-flame', { cols: 100, rows: 30 });
  expect(await shows(/checking: interleaved load/)).toMatch(/^✓ G1 .*\n· G2 .*\n· G3 .*\n· G4 .*\n· G5 .*\n✓ G6 /m);
  const judged = await shows(/^NOT-FIXED {2}/m);
  expect(judged).toMatch(/^✗ G3 .* [\d.]+ \/ 2 %/m);
  await shows(/^── cpu, from main: .*\n.*\[main\./m);
  pty.write('t');
  await shows(/^ +flat +cum +share +function\n.* \d+% {2}\S+/m);
  pty.write('k');
  await shows(/^── allocs, top/m);
  pty.write('h');
  await shows(/^── hints for read-a-flame ─.*\n1\/4 instrument: /m);
  pty.resize(60, 16);
  await until(
    async () => picture.rows(),
    (rows) => rows.length === 16 && rows.every((row) => row.length <= 60),
  );
  expect(picture.isAlternate()).toBe(true);
  pty.write('q');
  expect(await ended).toBe(0);
  expect(picture.isAlternate()).toBe(false);
  expect(text().endsWith('\x1b[?25h\x1b[?1049lEnding what runs …\r\n')).toBe(true);
}, 400_000);

test('a signal gives the terminal back as well, and ends the check', async () => {
  const { pty, picture, ended, shows } = await watch('read-a-flame', { cols: 60, rows: 16 });
  await shows(/checking: building/);
  pty.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(picture.isAlternate()).toBe(false);
});
