import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenWorkspace, openWorkspace } from '../../support/open-workspace.ts';

const INSTALLED = { 'go.mod': 'module bazaar\n', 'search/a.go': 'package main\n' };

describe('watching the workspace', () => {
  let open: OpenWorkspace;
  let unwatch: () => Promise<void>;
  let told: string[][];
  let onTold: () => void;
  /** Resolves with all that was told once `name` was. */
  const until = (name: string) =>
    new Promise<string[][]>((resolve) => {
      onTold = () => told.some((paths) => paths.includes(name)) && resolve(told);
      onTold();
    });

  beforeEach(async () => {
    open = await openWorkspace(INSTALLED);
    told = [];
    onTold = () => undefined;
    unwatch = await open.workspace.watch((paths) => {
      told.push(paths);
      onTold();
    });
  });
  afterEach(async () => {
    await unwatch();
    open.close();
  });

  it('tells of a file that another editor wrote, also by renaming over it', async () => {
    open.put('workspace/search/a.go', 'package main // vi\n');
    expect(await until('search/a.go')).toEqual([['search/a.go']]);
    open.put('workspace/search/.a.go.swp', 'package main // vim\n');
    renameSync(join(open.dir, 'search/.a.go.swp'), join(open.dir, 'search/a.go'));
    told = [];
    expect(await until('search/a.go')).toEqual([['search/a.go']]);
  });

  it('tells of a new file and of one that is gone', async () => {
    open.put('workspace/search/new.go', 'package main\n');
    await until('search/new.go');
    rmSync(join(open.dir, 'search/a.go'));
    await until('search/a.go');
  });

  it("does not tell of the lab's own write, however late the system reports it, but of a later one from outside", async () => {
    const { version } = await open.workspace.readFile('search/a.go');
    await open.workspace.writeFile({ path: 'search/a.go', text: 'own\n', version });
    open.put('workspace/search/mark.go', 'package main\n');
    expect((await until('search/mark.go')).flat()).toEqual(['search/mark.go']);
    open.put('workspace/search/a.go', 'from outside\n');
    expect((await until('search/a.go')).flat()).toEqual(['search/mark.go', 'search/a.go']);
  });
});
