import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createLanguage, type Language, type LanguageProgram } from '../../../server/language/index.ts';
import { createHandClock } from '../../support/hand-clock.ts';

/** What is sure about a server whose behaviour is the test's to choose; gopls itself is in gopls.test.ts. */
const script = join(import.meta.dirname, '..', '..', 'support', 'language-server.mjs');
const opened: Language[] = [];
afterEach(async () => {
  for (const language of opened.splice(0)) await language.close();
});

function open({ installed = true } = {}) {
  const told = join(tmpdir(), `flamelab-language-${crypto.randomUUID()}`);
  const clock = createHandClock();
  const logged: string[] = [];
  const state = { installed };
  const start = async (): Promise<LanguageProgram | null> => {
    if (!state.installed) return null;
    const child = spawn(process.execPath, [script, told], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    return {
      input: child.stdin,
      output: child.stdout,
      ended,
      async end() {
        child.kill();
        await ended;
      },
    };
  };
  const language = createLanguage({ root: '/module (1)', clock, log: (message) => void logged.push(message), start });
  opened.push(language);
  const seen = async (): Promise<string[]> => (await readFile(told, 'utf8')).trim().split('\n');
  afterEach(() => rm(told, { force: true }));
  return { language, clock, logged, state, seen };
}

const A = 'search/a.go';

test('errors of a text that isn’t saved come with places that count from 1; hints are left out', async () => {
  const { language } = open();
  const { available, problems } = await language.problems({ path: A, text: 'package search\n\nx' });
  expect(available).toBe(true);
  expect(problems).toEqual([
    {
      from: { line: 3, column: 1 },
      to: { line: 3, column: 4 },
      severity: 'error',
      source: 'compiler',
      message: 'wrong in version 1',
    },
  ]);
});

test('what is said of an older version isn’t taken for an answer', async () => {
  const { language } = open();
  const { problems } = await language.problems({ path: A, text: 'late' });
  expect(problems?.map(({ message }) => message)).toEqual(['wrong in version 1']);
  const again = await language.problems({ path: A, text: 'late' });
  expect(again.problems?.map(({ message }) => message)).toEqual(['wrong in version 2']);
});

test('hovering tells declaration and documentation, both as text; the server’s own questions are answered meanwhile', async () => {
  const { language } = open();
  const at = { line: 7, column: 3 };
  expect(await language.hover({ path: A, text: 'package search', at })).toEqual({
    available: true,
    hover: {
      declaration: 'func at6_2()',
      documentation: 'Says\n\n[At] <b>what</b> os.Args are Off.\n\n    kept[i](w)',
      from: at,
      to: at,
    },
  });
});

test('a file that changes on disk counts again, and its open text is given up', async () => {
  const { language, seen } = open();
  await language.problems({ path: A, text: 'one' });
  language.noticeFiles([A, 'search/b.go']);
  await language.problems({ path: A, text: 'two' });
  expect(await seen()).toEqual(['start', 'open a.go', 'close a.go', 'changed 2', 'open a.go']);
});

test('of many texts those are closed that nobody has asked for longest', async () => {
  const { language, seen } = open();
  for (let i = 0; i < 16; i += 1) await language.problems({ path: `search/f${i}.go`, text: '' });
  await language.problems({ path: 'search/f0.go', text: '' });
  await language.problems({ path: 'search/new.go', text: '' });
  expect((await seen()).filter((line) => line.startsWith('close'))).toEqual(['close f1.go']);
});

test('without one it says so, and finds one that is installed later', async () => {
  const { language, state, logged } = open({ installed: false });
  expect(await language.problems({ path: A, text: '' })).toEqual({ available: false, problems: null });
  state.installed = true;
  expect(await language.problems({ path: A, text: '' })).toMatchObject({ available: true });
  expect(logged).toEqual([]);
});

test('one that ends is started again, but not for ever', async () => {
  const { language, seen, logged } = open();
  for (const available of [true, true, false]) {
    const asked = [language.problems({ path: A, text: 'crash' }), language.problems({ path: A, text: 'silent' })];
    for (const answer of await Promise.all(asked)) expect(answer).toEqual({ available, problems: null });
  }
  expect(await language.problems({ path: A, text: 'fine' })).toEqual({ available: false, problems: null });
  expect((await seen()).filter((line) => line === 'start')).toHaveLength(3);
  expect(logged).toHaveLength(3);
});

test('one that speaks no protocol is ended, and the next answers', async () => {
  const { language, seen } = open();
  expect(await language.problems({ path: A, text: 'garbage silent' })).toEqual({ available: true, problems: null });
  expect(await language.problems({ path: A, text: 'fine' })).toMatchObject({ problems: [{ severity: 'error' }] });
  expect((await seen()).filter((line) => line === 'start')).toHaveLength(2);
});

test('who waits for one that says nothing waits for a minute; only one that is silent twice is ended', async () => {
  const { language, clock, logged, seen } = open();
  await language.problems({ path: A, text: 'fine' });
  for (const said of [[], ['gopls failed: no answer within 60 s.']]) {
    const asked = language.problems({ path: A, text: 'silent' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    clock.advance(60_000);
    expect(await asked).toEqual({ available: true, problems: null });
    expect(logged).toEqual(said);
  }
  await language.problems({ path: A, text: 'fine' });
  expect((await seen()).filter((line) => line === 'start')).toHaveLength(2);
});

test('where it can’t say what a name is nothing is known, and the next question is answered', async () => {
  const { language, seen } = open();
  const at = { line: 1, column: 1 };
  for (let i = 0; i < 4; i += 1)
    expect(await language.hover({ path: A, text: 'unknown', at })).toEqual({ available: true, hover: null });
  expect(await language.hover({ path: A, text: 'fine', at })).toMatchObject({ hover: { declaration: 'func at0_0()' } });
  expect((await seen()).filter((line) => line === 'start')).toHaveLength(1);
});

test('of two texts of a file the older gets no answer of the newer', async () => {
  const { language } = open();
  const [older, newer] = await Promise.all([
    language.problems({ path: A, text: 'silent' }),
    language.problems({ path: A, text: 'fine' }),
  ]);
  expect(older).toEqual({ available: true, problems: null });
  expect(newer.problems).toHaveLength(1);
});

test('a text that nobody has asked about for a minute is given up for what is on disk', async () => {
  const { language, clock, seen } = open();
  await language.problems({ path: A, text: 'left behind' });
  clock.advance(60_000);
  await language.problems({ path: 'search/b.go', text: '' });
  expect(await seen()).toEqual(['start', 'open a.go', 'close a.go', 'open b.go']);
});

test('closing doesn’t wait for one that is still starting', async () => {
  const { language } = open();
  const asked = language.problems({ path: A, text: '' });
  await language.close();
  expect(await asked).toMatchObject({ problems: null });
});

test('when nobody asks for ten minutes it ends; the next question starts it', async () => {
  const { language, clock, seen } = open();
  await language.problems({ path: A, text: '' });
  clock.advance(10 * 60_000);
  await language.problems({ path: A, text: '' });
  expect(await seen()).toEqual(['start', 'open a.go', 'start', 'open a.go']);
});

test('a closed room answers that there is none', async () => {
  const { language } = open();
  await language.problems({ path: A, text: '' });
  await language.close();
  expect(await language.problems({ path: A, text: '' })).toEqual({ available: false, problems: null });
});
