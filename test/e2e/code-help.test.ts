import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { root, type ServedLab, serveLab, withPath } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

/** The language server is the tests' own, so that the page is the same wherever gopls is installed or not. */
const lab = labForTests(serveWithLanguageServer);

test('errors of a text that isn’t saved are marked, and a name tells its declaration under the pointer', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.editor.isShowing('search/validate.go');
  await learner.editor.type('package main\n\nvar late = 1');
  const mark = learner.editor.content.locator('.cm-lintRange-error');
  await mark.waitFor();
  expect(await mark.innerText()).toBe('var');
  expect(await learner.editor.state.innerText()).toBe('Not saved');

  await learner.editor.content.getByText('package', { exact: true }).hover();
  const help = learner.page.locator('.hover-help');
  await help.waitFor();
  expect(await help.locator('code').innerText()).toMatch(/^func at0_\d\(\)$/);
  expect(await help.locator('p').innerText()).toBe('Says\n\n[At] <b>what</b> os.Args are Off.\n\n    kept[i](w)');
  await learner.page.mouse.move(5, 5);
  await help.waitFor({ state: 'detached' });
});

async function serveWithLanguageServer(folders: { data: string; workspace: string }): Promise<ServedLab> {
  const bin = join(folders.data, '..', 'language-server');
  await mkdir(bin, { recursive: true });
  const script = join(root, 'test', 'support', 'language-server.mjs');
  const gopls = join(bin, 'gopls');
  await writeFile(gopls, `#!/bin/sh\nexec "${process.execPath}" "${script}" "${join(bin, 'told')}"\n`);
  await chmod(gopls, 0o755);
  return withPath([bin, process.env.PATH ?? ''].join(delimiter), () => serveLab(folders));
}
