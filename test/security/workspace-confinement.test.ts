import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
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

  it('never reads or writes outside while a folder is swapped for a link again and again', async () => {
    const folder = join(open.dir, 'search');
    const aside = join(open.dir, 'search-real');
    mkdirSync(join(open.root, 'outside/search'), { recursive: true });
    open.put('outside/a.go', SECRET);
    let swaps = 0;
    const swap = () => {
      renameSync(folder, aside);
      symlinkSync(join(open.root, 'outside'), folder);
      rmSync(folder);
      renameSync(aside, folder);
      swaps++;
    };
    const link = () => {
      renameSync(folder, aside);
      symlinkSync(join(open.root, 'outside'), folder);
    };
    const unlink = () => {
      rmSync(folder);
      renameSync(aside, folder);
    };
    for (let round = 0; round < 150; round++) {
      // Begun while the folder is real, overtaken by the swap at some point of its way.
      const reading = read('search/a.go').then(
        (file) => file.text,
        () => null,
      );
      const writing = write(`search/w${round}.go`).catch(() => null);
      const walking = open.workspace.listFiles().catch(() => []);
      for (let tick = 0; tick < round % 12; tick++) await Promise.resolve();
      if (round % 2 === 0) swap();
      else {
        await new Promise((resolve) => setImmediate(resolve));
        link();
        await new Promise((resolve) => setImmediate(resolve));
        unlink();
      }
      expect(await reading).not.toBe(SECRET);
      await writing;
      await walking;
      rmSync(join(folder, `w${round}.go`), { force: true });
    }
    expect(swaps).toBe(75);
    expect(execFileSync('ls', [join(open.root, 'outside')], { encoding: 'utf8' })).toBe('a.go\nsearch\nsecret.go\n');
  });
});
