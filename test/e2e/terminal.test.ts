import { expect, test } from 'vitest';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();

test('a shell in the workspace knows the services by name, and Ctrl-C ends a flood', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.showTool('Terminal');
  await learner.terminal.openOne();
  await learner.terminal.type('echo "search is at $SEARCH."; pwd');
  await learner.terminal.shows(/search is at http:\/\/127\.0\.0\.1:\d+\.\n.*workspace/);

  await learner.terminal.type('yes');
  await learner.terminal.shows(/^y\ny\ny$/m);
  await learner.terminal.press('Control+c');
  await learner.terminal.type('echo ended "by" hand');
  await learner.terminal.shows(/^ended by hand$/m);
});

test('a block of the lesson runs in the terminal', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.lesson.runInTerminal('curl -s "$SEARCH/search');
  await learner.terminal.isReady();
  // In milliseconds or seconds, as the whole is.
  await learner.terminal.shows(/[\d.]+m?s\s+[\d.]+%/);
});

test('a program in the terminal can’t write to the clipboard', async () => {
  const learner = await lab.visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await learner.page.evaluate(() => navigator.clipboard.writeText('kept'));
  await learner.showTool('Terminal');
  await learner.terminal.openOne();
  await learner.terminal.type(String.raw`printf '\033]52;c;c3RvbGVu\007'; echo written to no "clipboard"`);
  await learner.terminal.shows(/^written to no clipboard$/m);
  expect(await learner.page.evaluate(() => navigator.clipboard.readText())).toBe('kept');
});
