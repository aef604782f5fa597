import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../server/clock.ts';
import { openStore } from '../../../server/store/index.ts';
import { runFlamelab } from '../../support/run-flamelab.ts';

let folder: string;
let places: string[];
const at = (...names: string[]) => join(folder, ...names);
const clean = (...flags: string[]) => runFlamelab('clean', ...places, ...flags);

/** A data folder as a lab leaves it, with a link to something outside among the builds. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-clean-'));
  places = ['--data', at('data'), '--workspace', at('workspace')];
  for (const name of ['data/toolchain/builds', 'data/kept/monday', 'workspace/search', 'outside'])
    await mkdir(at(name), { recursive: true });
  await writeFile(at('data', 'toolchain', 'builds', 'bin'), 'x'.repeat(5_000));
  await writeFile(at('data', 'kept', 'monday', 'mine.go'), 'package main');
  await writeFile(at('data', 'progress.json'), '{}');
  await writeFile(at('data', 'installation'), 'abcdef012345');
  await writeFile(at('workspace', 'go.mod'), 'module bazaar\n');
  await writeFile(at('data', 'notes.txt'), 'not of the lab');
  await writeFile(at('workspace', 'search', 'main.go'), 'package main');
  await writeFile(at('outside', 'precious'), '!');
  await symlink(at('outside'), at('data', 'toolchain', 'link'));
  const store = await openStore({ dir: at('data', 'store'), clock: systemClock, log: () => {} });
  await store.close();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const left = () =>
  ['data/store', 'data/toolchain', 'data/progress.json', 'data/kept', 'data/notes.txt', 'workspace', 'outside/precious']
    .filter((name) => existsSync(at(name)))
    .join(' ');
const OTHERS = 'data/notes.txt';

test('without flags what can be made again goes, after saying what lies where and how large it is', async () => {
  const shown = await clean('--dry-run');
  expect(shown.stdout).toMatch(/To be removed:\n.*profiles +\d.*\n +built services +\d\.\d kB {2}.*toolchain\nStays:/);
  expect(shown.stdout).toContain('your workspace');
  expect(left()).toContain('data/store data/toolchain');
  const unasked = await clean();
  expect([unasked.exit, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
  expect(left()).toContain('data/store data/toolchain');
  expect((await clean('--yes')).exit).toBe(0);
  expect(left()).toBe(`data/progress.json data/kept ${OTHERS} workspace outside/precious`);
  expect((await clean('--yes')).stdout).toContain('Nothing to remove');
});

test('--all takes progress, too, but the learner’s own files only when they are named', async () => {
  expect((await clean('--profiles', '--yes')).exit).toBe(0);
  expect(left()).toBe(`data/toolchain data/progress.json data/kept ${OTHERS} workspace outside/precious`);
  expect((await clean('--all', '--yes')).exit).toBe(0);
  expect(left()).toBe(`data/kept ${OTHERS} workspace outside/precious`);
  await writeFile(at('workspace', 'go.mod'), 'module other');
  const foreign = await clean('--with-workspace', '--yes');
  expect([foreign.exit, foreign.stderr]).toEqual([2, expect.stringContaining('is not a workspace of the lab')]);
  expect(left()).toBe(`data/kept ${OTHERS} workspace outside/precious`);
  await writeFile(at('workspace', 'go.mod'), 'module bazaar\n');
  expect((await clean('--with-workspace', '--yes')).exit).toBe(0);
  expect(left()).toBe(`${OTHERS} outside/precious`);
});

test('while something is at work in the folder nothing is removed, and its process is named', async () => {
  const store = await openStore({ dir: at('data', 'store'), clock: systemClock, log: () => {} });
  const { exit, stderr } = await clean('--all', '--yes');
  await store.close();
  expect([exit, stderr]).toEqual([2, expect.stringContaining(`process ${process.pid}`)]);
  expect(left()).toContain('data/store data/toolchain data/progress.json');
});

test('a folder that no lab has written is left alone', async () => {
  await mkdir(at('home', 'store'), { recursive: true });
  const { exit, stderr } = await runFlamelab('clean', '--data', at('home'), '--workspace', at('none'), '--yes');
  expect([exit, stderr]).toEqual([2, expect.stringContaining('is not the data folder of a lab')]);
  expect(existsSync(at('home', 'store'))).toBe(true);
});

test('doctor shows the same list', async () => {
  expect((await runFlamelab('doctor', ...places)).stdout).toMatch(/What lies where.*\n +profiles +\d/);
});
