import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCourse } from '../../server/course/index.ts';
import { root } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();

test('an exercise is skipped, and its chapter tested out of by right answers alone', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Do less');
  await learner.lesson.panel.getByRole('button', { name: 'Skip for now' }).click();
  await learner.lesson.title('Encoded twice').waitFor();
  await learner.progress.open();
  expect(await learner.progress.card('Do less').innerText()).toMatch(/skipped$/);

  const { exercises } = await loadCourse(join(root, 'exercises'));
  const questions = exercises.flatMap(({ chapter, file }) => (chapter === '01-look' ? file.questions : []));
  await learner.progress.testOut('1 · Look');
  const { handIn } = learner.progress;
  expect(await handIn.isDisabled()).toBe(true);
  for (const { options, right } of questions) await learner.progress.choose(options[right === 0 ? 1 : 0] ?? '');
  await handIn.click();
  await learner.page.getByText(`0 of ${questions.length} are right.`).waitFor();
  for (const { options, right } of questions) await learner.progress.choose(options[right] ?? '');
  await handIn.click();
  await learner.page.getByText('All right: the chapter is tested out.').waitFor();
  await learner.page.getByRole('button', { name: 'Back to the exercises' }).click();
  expect(await learner.progress.card('Read a flame').innerText()).toContain('tested out');
});
