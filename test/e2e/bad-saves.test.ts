import { expect, test } from 'vitest';
import { labState, workspaceText } from '../../protocol/index.ts';
import { until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();
const PATH = 'search/validate.go';

test('a compile error stands at its line, the last good candidate stays, and fixing it works', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.editor.isShowing(PATH);
  await learner.graph.isDrawn();
  const start = await textOnDisk();
  await learner.editor.type(`${start}\n// A first change that compiles.\n`);
  await learner.editor.save();
  await learner.editor.stageDone('First frames');
  const good = await candidates();
  expect(good).toHaveLength(1);

  await learner.editor.type(start.replace('len(query) > maxQueryBytes', 'len(query) > mostQueryBytes'));
  await learner.editor.save();
  const problem = learner.editor.problems.getByRole('button');
  await problem.waitFor();
  expect(await problem.innerText()).toMatch(/^search\/validate\.go:\d+:\d+ undefined: mostQueryBytes$/);
  expect(await learner.editor.problems.innerText()).toContain('The last good build keeps running');
  await problem.click();
  await learner.editor.gutterMark.hover();
  await learner.page.locator('.cm-tooltip-lint').getByText('undefined: mostQueryBytes').waitFor();
  expect(await candidates()).toEqual(good);

  await learner.editor.type(`${start}\n// A second change that compiles.\n`);
  await learner.editor.save();
  await learner.editor.problems.waitFor({ state: 'detached' });
  await learner.editor.stageDone('First frames');
  // The one before stands by, in case the new one ends.
  await until(candidates, (now) => now.length === 2 && good.every((one) => now.includes(one)));
});

test('of two tabs that save the same file the second is asked, and both texts are kept', async () => {
  const one = await lab.visit();
  await one.openExercise('Read a flame');
  await one.editor.isShowing(PATH);
  const other = await lab.tab(one);
  await other.editor.isShowing(PATH);
  const start = await textOnDisk();

  await other.editor.type(`${start}\n// Written in the other tab.\n`);
  await one.editor.type(`${start}\n// Written in the first tab.\n`);
  await one.editor.save();
  await one.editor.state.filter({ hasText: /^Saved/ }).waitFor();
  await other.editor.save();
  await other.editor.conflict.waitFor();
  const says = await other.editor.conflict.innerText();
  expect(says).toContain('Written in the other tab');
  expect(says).toContain('Written in the first tab');
  const keptAs = await other.editor.conflict.locator('p code').innerText();
  expect(await textOnDisk()).toContain('Written in the first tab');
  expect(await textOnDisk(keptAs)).toContain('Written in the other tab');

  await other.editor.conflict.getByRole('button', { name: 'Go on with mine' }).click();
  await other.editor.conflict.waitFor({ state: 'detached' });
  expect(await textOnDisk()).toContain('Written in the other tab');
  await one.editor.content.getByText('// Written in the other tab.').waitFor();
});

test('a save that panics at its start is told from its first line on, and its log is a press away on a phone, too', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.editor.isShowing(PATH);
  await learner.graph.isDrawn();
  const dump = Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\\n');
  await learner.editor.type(`${await textOnDisk()}\nfunc init() {\n\tpanic("a hole in the index\\n${dump}")\n}\n`);
  await learner.editor.save();
  await learner.editor.failure.waitFor();
  for (const [width, height] of [
    [1_440, 900],
    [390, 844],
  ] as const) {
    await learner.page.setViewportSize({ width, height });
    if (width < 860) await learner.page.getByRole('navigation', { name: 'Panels' }).getByText('Code').click();
    expect(await learner.editor.failure.locator('strong').innerText()).toMatch(/^search did not get ready: .*\.$/);
    const { above, share } = await learner.editor.failurePlace();
    expect(above).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(0.34);
  }
  await learner.editor.failure.getByRole('button', { name: 'Show the log' }).click();
  await learner.page.getByRole('tabpanel', { name: 'Logs' }).getByText('a hole in the index').first().waitFor();
});

async function textOnDisk(path = PATH): Promise<string> {
  const { body } = await lab.served.ask(`/api/workspace/file?path=${encodeURIComponent(path)}`);
  return workspaceText.parse(body).text;
}

/** The running instances that were built from the workspace. */
async function candidates(): Promise<string[]> {
  const { body } = await lab.served.ask('/api/lab');
  const { fleet } = labState.parse(body);
  return fleet.runs.filter(({ role, state }) => role === 'twin' && state === 'up').map(({ instance }) => instance);
}
