import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ServedLab, serveLab, withPath } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests(serveWithoutGo);

test('without Go the page says so with the fix, and all that needs no Go works', async () => {
  const learner = await lab.visit();
  const banner = learner.banners.filter({ hasText: 'Go was not found' });
  await banner.waitFor();
  expect(await banner.innerText()).toMatch(
    /(install Go 1\.24 or newer|add its folder to PATH).*start the lab again\. /,
  );
  expect(await banner.innerText()).toContain('everything that doesn’t need Go works');
  expect(lab.served.stderr()).toMatch(/No service can run: Go was not found.*start the lab again/);

  await learner.openExercise('Read a flame');
  await learner.lesson.panel.getByRole('heading', { name: 'The symptom' }).waitFor();
  await learner.lesson.panel.getByRole('button', { name: /^Show a hint/ }).click();
  await learner.lesson.panel.getByRole('region', { name: 'Hints' }).getByRole('listitem').first().waitFor();
  await learner.lesson.panel.getByText('In which share of the samples').click();
  await learner.lesson.panel.getByText('Right.').waitFor();

  await learner.editor.isShowing('search/validate.go');
  await learner.editor.type('package main\n\n// Kept though nothing can build it.\n');
  await learner.editor.save();
  await learner.editor.state.filter({ hasText: /^Saved/ }).waitFor();
  await learner.page.getByText('without Go nothing builds it').waitFor();
  await learner.graph.panel.getByText('Nothing runs without Go').waitFor();
  await learner.page.reload();
  await learner.lesson.title('Read a flame').waitFor();
  await learner.editor.content.getByText('// Kept though nothing can build it.').waitFor();

  await learner.showTool('Terminal');
  await learner.terminal.openOne();
  await learner.terminal.type('echo a shell "works"');
  await learner.terminal.shows(/^a shell works$/m);
});

/** Its PATH is an empty folder. */
async function serveWithoutGo(folders: { data: string; workspace: string }): Promise<ServedLab> {
  const empty = join(folders.data, '..', 'empty');
  await mkdir(empty, { recursive: true });
  return withPath(empty, () => serveLab(folders));
}
