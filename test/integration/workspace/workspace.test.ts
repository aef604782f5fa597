import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../server/clock.ts';
import { AppError } from '../../../server/errors.ts';
import { type OpenWorkspace, openWorkspace } from '../../support/open-workspace.ts';

const INSTALLED = { 'go.mod': 'module bazaar\n', 'search/a.go': 'package main\n', 'internal/x/x.go': 'package x\n' };
const NOON = Date.UTC(2025, 0, 2, 12, 0, 0);
const noon: Clock = { now: () => NOON, after: () => () => undefined };
const text = (content: Uint8Array | undefined) =>
  content === undefined ? undefined : new TextDecoder().decode(content);

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const cause = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (cause instanceof AppError) return cause;
  throw new Error(`expected a refusal, got ${String(cause)}`);
}

describe('workspace', () => {
  let open: OpenWorkspace;
  beforeEach(async () => {
    open = await openWorkspace(INSTALLED, noon);
  });
  afterEach(() => open.close());

  it('starts as a copy of the installed files', async () => {
    expect((await open.workspace.listFiles()).map((file) => file.path)).toEqual([
      'go.mod',
      'internal/x/x.go',
      'search/a.go',
    ]);
    expect(await open.workspace.readAll()).toEqual(await open.workspace.installedFiles());
  });

  it('keeps what the learner changed or removed at the next start, and brings a folder that is missing altogether', async () => {
    open.put('workspace/search/a.go', 'package main // mine\n');
    open.put('workspace/search/b.go', 'package main\n');
    rmSync(join(open.dir, 'internal'), { recursive: true });
    await open.workspace.ensure();
    const files = await open.workspace.readAll();
    expect(text(files.get('search/a.go'))).toBe('package main // mine\n');
    expect([...files.keys()]).toEqual(['go.mod', 'internal/x/x.go', 'search/a.go', 'search/b.go']);
  });

  it('follows a newer course where the learner changed nothing, and keeps what they changed or removed', async () => {
    const newer = { 'search/a.go': 'package main // 2\n', 'search/new.go': 'package main\n' };
    open.put('installed/search/mine.go', 'package main\n');
    open.put('installed/search/gone.go', 'package main\n');
    open.put('installed/search/dropped.go', 'package main\n');
    await open.workspace.ensure();
    open.put('workspace/search/mine.go', 'package main // mine\n');
    rmSync(join(open.dir, 'search/gone.go'));
    for (const [name, content] of Object.entries(newer)) open.put(`installed/${name}`, content);
    for (const name of ['mine.go', 'gone.go']) open.put(`installed/search/${name}`, 'package main // 2\n');
    open.remove('installed/search/dropped.go');
    await open.workspace.ensure();
    const files = await open.workspace.readAll();
    expect(Object.fromEntries([...files].map(([name, content]) => [name, text(content)]))).toEqual({
      ...INSTALLED,
      ...newer,
      'search/mine.go': 'package main // mine\n',
    });
    expect(open.logged).toEqual(['The course is newer than the workspace; what you changed is kept: search/mine.go.']);
  });

  it('takes a workspace without a record for the learner’s where it differs', async () => {
    rmSync(join(open.dir, '.flamelab-installed.json'));
    open.put('installed/search/a.go', 'package main // 2\n');
    await open.workspace.ensure();
    open.put('installed/search/a.go', 'package main // 3\n');
    open.put('installed/internal/x/x.go', 'package x // 3\n');
    await open.workspace.ensure();
    const files = await open.workspace.readAll();
    expect(text(files.get('search/a.go'))).toBe(INSTALLED['search/a.go']);
    expect(text(files.get('internal/x/x.go'))).toBe('package x // 3\n');
  });

  it('takes up a copy that was cut off before go.mod was there', async () => {
    rmSync(join(open.dir, 'go.mod'));
    rmSync(join(open.dir, 'search/a.go'));
    await open.workspace.ensure();
    expect([...(await open.workspace.readAll()).keys()]).toEqual(['go.mod', 'internal/x/x.go', 'search/a.go']);
  });

  it('writes a text for who has the current version, and gives the new version', async () => {
    const before = await open.workspace.readFile('search/a.go');
    const saved = await open.workspace.writeFile({
      path: 'search/a.go',
      text: 'package main // 2\n',
      version: before.version,
    });
    expect(saved).toEqual(await open.workspace.readFile('search/a.go'));
    expect(saved.version).not.toBe(before.version);
    expect(readdirSync(join(open.dir, 'search'))).toEqual(['a.go']);
  });

  it('keeps both texts when two save: the second is put beside the file, for each refusal anew', async () => {
    const { version } = await open.workspace.readFile('search/a.go');
    await open.workspace.writeFile({ path: 'search/a.go', text: 'first\n', version });
    const refusals = [];
    for (const late of ['second\n', 'third\n']) {
      refusals.push(await failureOf(open.workspace.writeFile({ path: 'search/a.go', text: late, version })));
    }
    const current = await open.workspace.readFile('search/a.go');
    const keptAs = 'search/a.go.conflict-20250102-120000';
    expect(refusals[0]).toMatchObject({ code: 'version-conflict', detail: { ...current, keptAs } });
    expect(refusals[1]).toMatchObject({ detail: { keptAs: `${keptAs}-2` } });
    expect(current.text).toBe('first\n');
    expect(readFileSync(join(open.dir, keptAs), 'utf8')).toBe('second\n');
    expect(readFileSync(join(open.dir, `${keptAs}-2`), 'utf8')).toBe('third\n');
    expect([...(await open.workspace.readAll()).keys()]).not.toContain(keptAs);
  });

  it('lets exactly one of two saves at the same moment through', async () => {
    const { version } = await open.workspace.readFile('search/a.go');
    const save = (saved: string) => open.workspace.writeFile({ path: 'search/a.go', text: saved, version });
    const results = await Promise.allSettled([save('one\n'), save('two\n')]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
    expect((await open.workspace.readFile('search/a.go')).text).toBe('one\n');
  });

  it('takes a text that is already there as saved, from whatever version', async () => {
    await open.workspace.writeFile({ path: 'search/a.go', text: 'package main\n', version: 'stale' });
    expect(readdirSync(join(open.dir, 'search'))).toEqual(['a.go']);
  });

  it('creates a file, with its folder, only where none is', async () => {
    await open.workspace.writeFile({ path: 'search/rank/rank.go', text: 'package rank\n', version: null });
    expect((await open.workspace.readFile('search/rank/rank.go')).text).toBe('package rank\n');
    const again = open.workspace.writeFile({ path: 'search/rank/rank.go', text: 'other\n', version: null });
    expect(await failureOf(again)).toMatchObject({ code: 'version-conflict' });
  });

  it('resets the folders that are named and keeps what the learner had there', async () => {
    open.put('workspace/search/a.go', 'mine\n');
    open.put('workspace/search/extra.go', 'mine too\n');
    open.put('workspace/internal/x/x.go', 'left alone\n');
    const wanted = new Map([...(await open.workspace.installedFiles())].filter(([name]) => name.startsWith('search/')));
    const answer = await open.workspace.reset(wanted);
    expect(answer.changed).toEqual(['search/a.go', 'search/extra.go']);
    expect(answer.keptAs).toBe(join(open.root, 'kept/20250102-120000'));
    expect(readFileSync(join(answer.keptAs ?? '', 'search/a.go'), 'utf8')).toBe('mine\n');
    expect(readFileSync(join(answer.keptAs ?? '', 'search/extra.go'), 'utf8')).toBe('mine too\n');
    const files = await open.workspace.readAll();
    expect(text(files.get('search/a.go'))).toBe('package main\n');
    expect(files.has('search/extra.go')).toBe(false);
    expect(text(files.get('internal/x/x.go'))).toBe('left alone\n');
  });

  it('keeps nothing when nothing differs', async () => {
    expect(await open.workspace.reset(await open.workspace.installedFiles())).toEqual({ keptAs: null, changed: [] });
    expect(existsSync(join(open.root, 'kept'))).toBe(false);
  });

  it('refuses file 401, a megabyte and a byte, and what is no text', async () => {
    for (let n = 4; n < 400; n++) open.put(`workspace/search/f${n}.go`, 'package main\n');
    const create = (path: string) => open.workspace.writeFile({ path, text: 'x', version: null });
    await create('search/last.go');
    expect(await failureOf(create('search/over.go'))).toMatchObject({ code: 'over-limit' });
    const { version } = await open.workspace.readFile('search/a.go');
    const big = open.workspace.writeFile({ path: 'search/a.go', text: 'é'.repeat(500_001), version });
    expect(await failureOf(big)).toMatchObject({ code: 'too-large' });
    writeFileSync(join(open.dir, 'search/a.go'), Buffer.from([0xff, 0xfe, 0x41]));
    expect(await failureOf(open.workspace.readFile('search/a.go'))).toMatchObject({ code: 'bad-request' });
  });

  it('leaves a binary that was built by hand out of the sources', async () => {
    open.put('workspace/searchd', 'x'.repeat(1_000_001));
    expect((await open.workspace.readAll()).has('searchd')).toBe(false);
  });
});
