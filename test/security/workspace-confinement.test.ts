import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenWorkspace, openWorkspace } from '../support/open-workspace.ts';

const SECRET = 'the secret outside\n';
const badPath = expect.objectContaining({ code: 'bad-path' });

describe('the workspace is confined to its folder', () => {
  let open: OpenWorkspace;
  beforeEach(async () => {
    open = await openWorkspace({ 'go.mod': 'module bazaar\n', 'search/a.go': 'package main\n' });
    open.put('outside/secret.go', SECRET);
    open.put('workspace-other/secret.go', SECRET);
  });
  afterEach(() => {
    expect(readFileSync(join(open.root, 'outside/secret.go'), 'utf8')).toBe(SECRET);
    open.close();
  });

  const read = (path: string) => open.workspace.readFile(path);
  const write = (path: string, version: string | null = null) =>
    open.workspace.writeFile({ path, text: 'mine\n', version });

  it.each([
    '../outside/secret.go',
    '../workspace-other/secret.go',
    'search/../../outside/secret.go',
    'search/%2e%2e/a.go',
    'search/a.go::$DATA',
    'CON',
    'search/a.go.',
    'search/a.go\0',
  ])('refuses %j for reading, writing and resetting', async (path) => {
    await expect(read(path)).rejects.toEqual(badPath);
    await expect(write(path)).rejects.toEqual(badPath);
    await expect(open.workspace.reset(new Map([[path, new Uint8Array()]]))).rejects.toEqual(badPath);
  });

  it('follows no symbolic link: file, dangling, folder', async () => {
    symlinkSync(join(open.root, 'outside/secret.go'), join(open.dir, 'search/link.go'));
    symlinkSync(join(open.root, 'outside/new.go'), join(open.dir, 'search/dangling.go'));
    symlinkSync(join(open.root, 'outside'), join(open.dir, 'folder'));
    for (const path of ['search/link.go', 'search/dangling.go', 'folder/secret.go']) {
      await expect(read(path)).rejects.toEqual(badPath);
      await expect(write(path)).rejects.toEqual(badPath);
    }
    await expect(open.workspace.readAll()).rejects.toEqual(badPath);
    expect((await open.workspace.listFiles()).map((file) => file.path)).toEqual(['go.mod', 'search/a.go']);
  });

  it('takes no hard link for a file of its own', async () => {
    linkSync(join(open.root, 'outside/secret.go'), join(open.dir, 'search/hard.go'));
    await expect(read('search/hard.go')).rejects.toEqual(badPath);
    await expect(write('search/hard.go')).rejects.toEqual(badPath);
    await expect(open.workspace.readAll()).rejects.toEqual(badPath);
  });

  it('does not hang on a pipe', async () => {
    execFileSync('mkfifo', [join(open.dir, 'search/pipe.go')]);
    await expect(read('search/pipe.go')).rejects.toEqual(badPath);
    await expect(write('search/pipe.go')).rejects.toEqual(badPath);
  });

  it('removes links on reset, never what they point to', async () => {
    symlinkSync(join(open.root, 'outside'), join(open.dir, 'search/folder'));
    rmSync(join(open.dir, 'search/a.go'));
    symlinkSync(join(open.root, 'outside/secret.go'), join(open.dir, 'search/a.go'));
    await open.workspace.reset(await open.workspace.installedFiles());
    expect(await open.workspace.readAll()).toEqual(await open.workspace.installedFiles());
  });

  it('never reads, writes or lists outside while another process swaps a folder for a link again and again', async () => {
    open.put('outside/a.go', SECRET);
    const swapper = spawn(process.execPath, ['-e', SWAP, join(open.dir, 'search'), join(open.root, 'outside')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(swapper.stdout, 'data');
    const outcomes = { read: 0, written: 0, refused: 0 };
    for (let round = 0; round < 400; round++) {
      const [reading, writing, listing] = await Promise.allSettled([
        read('search/a.go'),
        write(`search/w${round}.go`),
        open.workspace.listFiles(),
      ]);
      if (reading.status === 'fulfilled') expect(reading.value.text).toBe('package main\n');
      if (listing.status === 'fulfilled')
        expect(listing.value.map((file) => file.path)).not.toContain('search/secret.go');
      outcomes.read += Number(reading.status === 'fulfilled');
      outcomes.written += Number(writing.status === 'fulfilled');
      outcomes.refused += Number(reading.status === 'rejected') + Number(writing.status === 'rejected');
      if (round % 100 === 99) await open.workspace.reset(new Map([['search/a.go', PACKAGE]])).catch(() => undefined);
    }
    swapper.stdin.end();
    await once(swapper, 'exit');
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(0);
    expect(readdirSync(join(open.root, 'outside')).sort()).toEqual(['a.go', 'secret.go']);
  });
});

const PACKAGE = new TextEncoder().encode('package main\n');

/** Folder and link change places as fast as one process can, until stdin ends. */
const SWAP = `
  const fs = require('node:fs');
  const [folder, outside] = process.argv.slice(1);
  let going = true;
  process.stdin.resume().once('end', () => { going = false; });
  process.stdout.write('going');
  (function turn() {
    for (let n = 0; n < 50; n++) {
      try {
        fs.renameSync(folder, folder + '-real');
        fs.symlinkSync(outside, folder);
        for (let spin = 0; spin < 2000; spin++);
        fs.unlinkSync(folder);
        fs.renameSync(folder + '-real', folder);
      } catch { /* the lab made or removed the folder in between: put it right below */ }
      try { if (fs.lstatSync(folder).isSymbolicLink()) fs.unlinkSync(folder); } catch {}
      try {
        if (fs.existsSync(folder + '-real')) { fs.rmSync(folder, { recursive: true, force: true }); fs.renameSync(folder + '-real', folder); }
      } catch {}
    }
    if (going) setImmediate(turn);
  })();
`;
