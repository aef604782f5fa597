import { afterAll, beforeAll, expect, test } from 'vitest';
import { flameGraph } from '../../protocol/index.ts';
import { type BuiltPprofServer, buildPprofServer } from '../support/pprof-server.ts';
import { runFlamelab, until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';
import type { LabPage } from './models/lab-page.ts';
import { TargetsPage } from './models/targets-page.ts';

const lab = labForTests();
let program: BuiltPprofServer;

beforeAll(async () => {
  program = await buildPprofServer();
});
afterAll(() => program.remove());

async function openTargets(learner: LabPage): Promise<TargetsPage> {
  await learner.page.goto(new URL('/targets', lab.served.url).href);
  await learner.page.getByRole('heading', { name: 'Targets', exact: true }).waitFor();
  return new TargetsPage(learner.page);
}

async function functionsOf(service: string): Promise<string[]> {
  const query = new URLSearchParams({ kind: 'cpu', match: `{service="${service}"}` });
  const { body } = await until(
    () => lab.served.ask(`/api/flamegraph?${query}`),
    ({ status }) => status === 200,
  );
  return flameGraph.parse(body).frames.map(({ name }) => name);
}

test('a program that nobody here wrote is attached in the terminal and in the form; its death and return are shown', async () => {
  const [first, second] = await Promise.all([program.start(), program.start()]);
  const learner = await lab.visit();
  await learner.showTool('Fleet');
  await learner.page.getByRole('link', { name: 'All targets' }).click();
  const targets = new TargetsPage(learner.page);

  const attached = await runFlamelab('attach', first.url, '--name', 'by-terminal', '--data', lab.served.data);
  expect(attached.stdout).toContain('Its profiles arrive');
  await targets.state('by-terminal', 'up').waitFor();
  await targets.attach({ address: second.url, name: 'by-form', labels: 'service=orders zone=a' });
  await learner.notice('by-form is attached').waitFor();
  await targets.state('by-form', 'up').waitFor();
  await targets.row('by-form').getByText('service=orders').waitFor();
  expect(await functionsOf('by-terminal')).toContain('main.sortOrders');
  expect(await functionsOf('orders')).toContain('main.sortOrders');

  await second.kill();
  await targets.state('by-form', 'failing').waitFor();
  await targets.error('by-form').getByText(`nothing listens there (ECONNREFUSED)`).waitFor();
  expect(await targets.error('by-terminal').count()).toBe(0);
  await program.start(second.port);
  await targets.state('by-form', 'up').waitFor();
  await targets.error('by-form').waitFor({ state: 'detached' });

  await learner.page.getByRole('button', { name: 'Remove by-form' }).click();
  await targets.row('by-form').waitFor({ state: 'detached' });
});

test('the form says why an address is refused, beside what was typed', async () => {
  const targets = await openTargets(await lab.visit());
  await targets.attach({ address: 'http://[::ffff:169.254.169.254]/latest/meta-data' });
  await targets.refusal.getByText('those are never scraped').waitFor();
  expect(await targets.page.getByLabel('Address').inputValue()).toContain('169.254');
  await targets.attach({ address: 'http://127.0.0.1:1', labels: 'zone' });
  await targets.refusal.getByText('zone is not a label: write name=value').waitFor();
});

test('the sampling is chosen on the screen, leaves instances out, and outlives a reload', async () => {
  const learner = await lab.visit();
  const targets = await openTargets(learner);
  await until(
    () => targets.page.locator('.target').count(),
    (count) => count >= 4,
  );
  const instances = targets.page.getByRole('radiogroup', { name: 'Share of the instances' });
  await instances.getByRole('radio', { name: '50 %' }).click();
  await targets.page
    .getByRole('status')
    .filter({ hasText: /In this period of 1\smin, \d+ of \d+ are/ })
    .waitFor();
  await targets.page.getByText('resting this period').first().waitFor();
  await learner.page.reload();
  await instances.getByRole('radio', { name: '50 %', checked: true }).waitFor();
  await instances.getByRole('radio', { name: '100 %' }).click();
  await targets.page.getByText('resting this period').first().waitFor({ state: 'detached' });
});

test('what profiling costs a service of the fleet is measured and shown with its interval', async () => {
  const targets = await openTargets(await lab.visit());
  await targets.state('search-1', 'up').waitFor();
  // Short periods: the figure is not what this is about.
  const path = '/api/targets/search-1/overhead';
  await lab.served.ask(path, { method: 'POST', body: { pairs: 3, periodSeconds: 1 } });
  const row = targets.row('search-1');
  await row.getByRole('button', { name: /\d of 3 pairs/ }).waitFor();
  expect((await lab.served.ask(path, { method: 'POST', body: {} })).status).toBe(409);
  await row.getByRole('button', { name: 'Measure again' }).waitFor();
  expect(await row.locator('.target-cost').innerText()).toMatch(
    /[+−±][\d.]+\s%\s*95 %: [+−±].* … [+−±].*CPU per request at \d+/s,
  );
});

test('on a phone nothing sticks out, and every control is large enough to tap', async () => {
  const learner = await lab.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const targets = await openTargets(learner);
  await targets.row('search-1').locator('summary').tap();
  expect(await learner.widerThanScreen()).toEqual([]);
  const [list, inside] = await Promise.all(
    ['.targets-list', '.kind-table'].map((part) => targets.page.locator(part).first().boundingBox()),
  );
  expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThan((list?.x ?? 0) + (list?.width ?? 0));
  const controls = await targets.page.locator('main').getByRole('button').all();
  for (const control of controls) expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
});
