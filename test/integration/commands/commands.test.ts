import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verdict } from '../../../protocol/index.ts';
import { root, runFlamelab } from '../../support/run-flamelab.ts';

let folder: string;
let places: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-'));
  places = ['--data', join(folder, 'data'), '--workspace', join(folder, 'workspace')];
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  'serve',
  'list',
  'check',
  'watch',
  'hint',
  'solution',
  'reset',
  'attach',
  'doctor',
  'open',
  'export',
  'import',
  'clean',
])('%s --help is exit 0 on stdout', async (name) => {
  const { exit, stdout } = await runFlamelab(name, '--help');
  expect(exit).toBe(0);
  expect(stdout).toContain(`Usage: flamelab ${name}`);
  expect(stdout).not.toContain('default: {');
});

test('an unknown command and an unknown flag are exit 2', async () => {
  expect((await runFlamelab('frobnicate')).exit).toBe(2);
  expect((await runFlamelab('list', '--frobnicate')).exit).toBe(2);
});

test('list --json prints the exercises in order', async () => {
  const { exit, stdout } = await runFlamelab('list', '--json', '--data', join(folder, 'data'));
  expect(exit).toBe(0);
  const { exercises } = JSON.parse(stdout);
  expect(exercises[0]).toEqual({ slug: 'read-a-flame', chapter: '01-look', title: 'Read a flame', state: 'new' });
});

test('an unknown exercise is exit 2 and names those that exist', async () => {
  const { exit, stderr } = await runFlamelab('check', 'nothing', ...places);
  expect(exit).toBe(2);
  expect(stderr).toContain('read-a-flame');
});

test('check --json: exit 1 untouched, 0 with the solution, and always six gates', async () => {
  const untouched = await runFlamelab('check', 'read-a-flame', '--json', '--seed', '7', ...places);
  expect(untouched.exit).toBe(1);
  const first = verdict.parse(JSON.parse(untouched.stdout.trim().split('\n').at(-1) ?? ''));
  expect(first).toMatchObject({ exercise: 'read-a-flame', verdict: 'not-fixed', seed: 7 });
  const solution = join(root, 'exercises', '01-look', '01-read-a-flame', 'solution');
  const fixed = await runFlamelab('check', 'read-a-flame', '--code', solution, '--json', ...places);
  expect(verdict.parse(JSON.parse(fixed.stdout)).summary).toContain('Fixed');
  expect(fixed.exit).toBe(0);
});

test('code that does not compile is an error with file and line: exit 2', async () => {
  const code = join(folder, 'broken');
  await cp(join(root, 'exercises', '01-look', '01-read-a-flame', 'solution'), code, { recursive: true });
  await writeFile(join(code, 'search', 'broken.go'), 'package main\n\nfunc broken() { return 1 }\n');
  const { exit, stdout } = await runFlamelab('check', 'read-a-flame', '--code', code, '--json', ...places);
  expect(exit).toBe(2);
  expect(verdict.parse(JSON.parse(stdout))).toMatchObject({
    verdict: 'error',
    summary: expect.stringContaining('search/broken.go:3'),
  });
});

test('what can’t be checked at all is a verdict too with --json: error, six gates, exit 2', async () => {
  for (const args of [['nothing'], ['read-a-flame', '--code', join(folder, 'nowhere')]]) {
    const { exit, stdout, stderr } = await runFlamelab('check', ...args, '--json', ...places);
    const said = verdict.parse(JSON.parse(stdout));
    expect([exit, said.verdict, said.gates.length]).toEqual([2, 'error', 6]);
    expect(stderr).toContain(said.summary);
  }
});

test('hint climbs the ladder, solution shows a diff, reset keeps the files aside', async () => {
  expect((await runFlamelab('hint', 'read-a-flame', ...places)).stdout).toMatch(/^1\/4 instrument:/);
  expect((await runFlamelab('hint', 'read-a-flame', ...places)).stdout).toContain('2/4 frame:');
  expect((await runFlamelab('solution', 'read-a-flame', ...places)).stdout).toContain(
    '+++ solution/search/validate.go',
  );
  const file = join(folder, 'workspace', 'search', 'validate.go');
  const start = await readFile(file, 'utf8');
  await writeFile(file, `${start}\n// mine\n`);
  const { stdout } = await runFlamelab('reset', 'read-a-flame', ...places);
  const kept = /kept in (.*)\.\n/.exec(stdout)?.[1] ?? '';
  expect(await readFile(file, 'utf8')).toBe(start);
  expect(await readFile(join(kept, 'search', 'validate.go'), 'utf8')).toContain('// mine');
});

test('doctor says what it looked at', async () => {
  const { stdout } = await runFlamelab('doctor', ...places);
  for (const word of ['Node', 'Go', 'Port', 'Disk', 'Cores', 'Browser']) expect(stdout).toContain(word);
});
