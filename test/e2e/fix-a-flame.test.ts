import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();
const exercise = join(root, 'exercises', '01-look', '01-read-a-flame');
const variant = (name: string) => readFile(join(exercise, name, 'search', 'validate.go'), 'utf8');

const PLANTED = 'main.validateQuery;regexp.MustCompile';
const SIBLINGS = ['main.(*service).handleSearch', 'main.(*service).handleSearch;main.(*service).answer'];

test('a learner redeems the link, predicts, fixes the code, and sees the flame shrink and the verdict say fixed', async () => {
  const learner = await lab.visit();
  await learner.lesson.startButton.click();
  await learner.lesson.title('Read a flame').waitFor();
  await learner.editor.isShowing('search/validate.go');
  await learner.graph.isDrawn();

  // A decoy says something true, costs its time, and brings its own graph to the front.
  const { instruments } = learner.lesson;
  await instruments.getByRole('button', { name: 'Mutex profile' }).click();
  await instruments.getByText('Hardly anything.').waitFor();
  expect(await instruments.getByRole('status').innerText()).toMatch(/^0:45 of the incident are gone\.$/);
  expect(await learner.graph.instrument('Mutex').getAttribute('aria-checked')).toBe('true');
  await instruments.getByRole('button', { name: 'CPU profile' }).click();
  await instruments.getByText('Found after').waitFor();
  expect(await instruments.getByRole('status').innerText()).toMatch(/1:25; straight to it would have taken 0:40/);
  await learner.graph.isDrawn();

  // The graph is alive: a frame may have moved on between the tip that named it and the click.
  const marked = learner.lesson.prediction.getByText('main.validateQuery');
  await until(
    async () => (await learner.graph.clickFrame('main.validateQuery')) && marked.isVisible(),
    (isMarked) => isMarked,
  );
  // Before the prediction the strips show shapes alone.
  expect(await learner.graph.stripValues.count()).toBe(0);
  await learner.lesson.predict(25);
  await learner.graph.stripValues.first().waitFor();
  expect(await learner.lesson.prediction.innerText()).toMatch(/Measured\s+main\.validateQuery\s+\d/);

  await learner.graph.showAs('Table');
  const before = await until(
    () => learner.table.shareOf(PLANTED),
    (share) => share > 0.05,
  );
  await learner.editor.type(await variant('solution'));
  await learner.editor.save();
  expect(await learner.editor.stageDone('Build')).toMatch(/^Build: done, [\d.,]+\s(ms|s)$/);
  await learner.editor.stageDone('First frames');
  await until(
    () => learner.table.shareOf(PLANTED),
    (share) => share < before / 4,
  );

  expect((await learner.verdict.judged()).title).toBe('Fixed');
  expect(await learner.verdict.gateStates()).toEqual(['G1', 'G2', 'G3', 'G4', 'G5', 'G6'].map((id) => `${id}: pass`));
  await until(
    () => learner.progressOf('Read a flame'),
    (text) => text.includes('fixed'),
  );

  await learner.graph.showSide('Before');
  await until(
    () => learner.table.shareOf(PLANTED),
    (share) => share > 0.05,
  );
  await learner.table.mark(SIBLINGS);
  await learner.graph.showSide('After');
  await until(
    () => learner.table.shareOf(PLANTED),
    (share) => share < before / 4,
  );
  for (const sibling of SIBLINGS) expect(await learner.table.isMarked(sibling)).toBe(true);

  await learner.progress.open();
  const card = learner.progress.card('Read a flame');
  expect(await card.innerText()).toMatch(/of before, 95\s% interval.*\bG1\sG2\sG3\sG4\sG5\sG6\s+seed \d+.*1 check/s);
  expect(await learner.progress.calibration.innerText()).toMatch(
    /\d+ of 100\s+The right frame in 1 of 1; its width missed by/,
  );
  await card.getByRole('button', { name: 'Open Read a flame' }).click();
  await learner.lesson.title('Read a flame').waitFor();
});

test('a question of a lesson comes back as a card later', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.lesson.panel.getByText('In which share of the samples').click();
  await learner.lesson.panel.getByText('Right.').waitFor();
  await learner.progress.open();
  await learner.progress.review.getByText(/^Nothing is due\. The next question comes back/).waitFor();
});

test('deleting the work is told from a fix, with the reason', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.editor.isShowing('search/validate.go');
  await learner.graph.isDrawn();
  await learner.editor.type(await variant('wrong/drop-validation'));
  await learner.editor.save();
  await learner.verdict.isRunning();
  const { title, text } = await learner.verdict.judged();
  expect(title).toBe('Wrong behaviour');
  expect(text).toContain('queries that must be refused are now answered');
  expect(await learner.verdict.gateStates()).toContain('G1: fail');
});
