import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LabState, labState } from '../../protocol/index.ts';
import { until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();
const PATH = 'search/validate.go';

test('any two saves are compared on the graph, and each can be gone back to', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.editor.isShowing(PATH);
  await learner.graph.isDrawn();
  await learner.graph.peek();
  const start = await readFile(join(lab.served.workspace, PATH), 'utf8');
  await learner.editor.type(`${start}\n// The first save.\n`);
  await learner.editor.save();
  await learner.editor.stageDone('First frames');
  await learner.editor.type(`${start}\n// The second save.\n`);
  await learner.editor.save();
  await learner.editor.stage('Build').and(learner.page.locator('[data-state="running"]')).waitFor();
  await learner.editor.stageDone('First frames');
  // A check that starts brings its card to the front once.
  await learner.verdict.isRunning();
  await learner.showTool('History');
  await until(
    () => learner.history.saves.count(),
    (count) => count === 2,
  );

  await learner.history.compare(0, 1);
  await learner.history.panel.getByText('The flame graph compares the two.').waitFor();
  await learner.graph.showSide('Difference');
  await learner.graph.panel
    .getByRole('status')
    .filter({ hasText: /^Compares the save of [\d:]+ with that of [\d:]+\. / })
    .waitFor();
  expect(await learner.graph.panel.getByRole('radio', { name: /^\d\d:\d\d:\d\d$/ }).count()).toBe(2);
  await learner.graph.graph
    .locator('.flame-legend')
    .getByText(/% of [\d:]+’s total/)
    .waitFor();
  await learner.graph.showAs('Table');
  await learner.graph.panel
    .getByRole('columnheader', { name: /^\d\d:\d\d:\d\d/ })
    .nth(1)
    .waitFor();
  await learner.graph.showAs('Graph');
  await learner.history.stopComparing();
  await learner.history.panel.getByText('Tick any two').waitFor();

  await learner.history.goBackTo(1);
  await learner.notice('The workspace is back at that save.').waitFor();
  await learner.editor.content.getByText('// The first save.').waitFor();
  expect(await readFile(join(lab.served.workspace, PATH), 'utf8')).toContain('// The first save.');
});

test('what was changed runs beside the baseline again when its exercise is opened again, and is not judged anew', async () => {
  const learner = await lab.visit();
  const text = await readFile(join(lab.served.workspace, PATH), 'utf8');
  await learner.openExercise('Churn or live');
  await learner.graph.isDrawn();
  await writeFile(join(lab.served.workspace, PATH), `// Changed elsewhere.\n\n${text}`);
  await learner.openExercise('Read a flame');
  await learner.editor.content.getByText('// Changed elsewhere.').waitFor();
  await learner.editor.stageDone('First frames');
  await learner.graph.showSide('Difference');
  await learner.showTool('History');
  // Neither a verdict nor a check under way.
  expect(await learner.history.saves.first().innerText()).toMatch(/^\d\d:\d\d:\d\d\s+Ran\s/);
});

test('the traffic follows its controls, and one request shows its answer', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.traffic.open();
  await learner.traffic.setRate(120);
  await learner.traffic.button.getByText('120 /s').waitFor();
  await learner.traffic.press('Burst of 500');
  await learner.traffic.press('Send one request');
  const answer = learner.traffic.answers.first();
  await answer.waitFor();
  expect(await answer.innerText()).toMatch(/GET \/search\?.*: \d{3} in [\d.,]+\s(µs|ms|s), as it should be/s);
  await learner.traffic.press('Pause traffic');
  await learner.traffic.button.getByText('Paused').waitFor();
  await learner.traffic.press('Resume traffic');
  await learner.traffic.button.getByText('120 /s').waitFor();
});

test('everything can be paused and goes on where it was, with the exercise open', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.traffic.pauseAll.click();
  await learner.banners.getByText('Everything is paused').waitFor();
  await learner.traffic.button.getByText('Paused').waitFor();
  expect(await learner.banners.count()).toBe(1);
  await learner.showTool('Fleet');
  await until(runningRuns, (runs) => runs === 0);
  await learner.traffic.resumeAll.click();
  await learner.banners.getByText('Everything is paused').waitFor({ state: 'detached' });
  await until(openExercise, (slug) => slug === 'read-a-flame');
  await learner.traffic.button.getByText('300 /s').waitFor();
});

test('logs and the service’s own tests show what they wrote', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.showTool('Logs');
  await learner.page
    .getByRole('region', { name: 'Logs', exact: true })
    .getByRole('combobox', { name: 'Run' })
    .waitFor();
  await learner.page.getByRole('log').or(learner.page.getByText('This run has logged nothing')).first().waitFor();
  await learner.showTool('Tests');
  await learner.page.getByRole('button', { name: 'Run tests' }).click();
  await learner.page.getByRole('status').filter({ hasText: 'Tests passed' }).waitFor();
  expect(await learner.page.getByRole('log', { name: 'Output' }).innerText()).toMatch(/^ok\s+bazaar\/search/m);
});

async function readState(): Promise<LabState> {
  return labState.parse((await lab.served.ask('/api/lab')).body);
}

async function runningRuns(): Promise<number> {
  return (await readState()).fleet.runs.filter(({ state }) => state === 'up').length;
}

async function openExercise(): Promise<string | null> {
  return (await readState()).exercise;
}
