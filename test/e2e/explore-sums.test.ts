import { beforeAll, expect, test } from 'vitest';
import { pushProfile } from '../support/push-profile.ts';
import { labForTests } from './lab-for-tests.ts';
import type { LabPage } from './models/lab-page.ts';

const lab = labForTests();

const START = Math.floor(Date.now() / 10_000) * 10_000 - 300_000;

/** An opened file may be years older than what the fleet brings. */
const OLD = Date.UTC(2024, 2, 12, 9);

beforeAll(async () => {
  await pushProfile(lab.served, { labels: { service: 'old' }, atMillis: OLD, stacks: { 'main.old': 1_000 } });
  const push = (service: string, stacks: Record<string, number>, labels: Record<string, string> = {}) =>
    pushProfile(lab.served, { labels: { service, ...labels }, atMillis: START, stacks });
  await push('vast', { 'main.main;main.huge': 2 ** 60, 'main.main;main.small': 7 });
  await push('freed', { 'main.main;main.cache': -900, 'main.main;main.index': 400 });
  await push('shared', { 'main.main;main.serve': 600 }, { 'label.tenant': 'acme' });
  await push('shared', { 'main.main;main.serve': 200 }, { 'label.tenant': '/v1.2/blue' });
  await push('shared', { 'main.main;main.poll': 200 });
});

async function explore(service: string, more: Record<string, string> = {}): Promise<LabPage> {
  const page = await lab.visit();
  const parameters = {
    kind: 'cpu',
    type: 'cpu',
    match: `{service="${service}"}`,
    from: `${START}`,
    to: `${START + 1}`,
  };
  await page.page.goto(new URL(`/explore?${new URLSearchParams({ ...parameters, ...more })}`, lab.served.url).href);
  return page;
}

test('numbers beyond 2^53 are said to be not exact, in every view', async () => {
  const page = await explore('vast');
  const said = page.explore.window.getByText('Not exact: numbers beyond 2^53 are shown as 2^53; export the pprof');
  await page.explore.flameGraph.and(page.page.locator(`[data-total="${2 ** 53}"]`)).waitFor();
  for (const view of ['Flame graph', 'Tree', 'Top', 'Labels']) {
    await page.explore.view(view).click();
    await said.waitFor();
  }
  await page.page.locator('.timeline-unit').getByText('Not exact').waitFor();
  expect(await said.count()).toBe(1);
});

test('a negative total has no widths and no shares, but rows with every number', async () => {
  const page = await explore('freed');
  await page.explore.window.getByText('The total is negative, −500\u00a0ns. Widths can’t show that').waitFor();
  expect(await page.page.locator('canvas').count()).toBe(0);
  const texts = async () =>
    (await page.table.rows.allInnerTexts()).map((text) => text.replaceAll(/[\s\u00a0]+/g, ' ').trim());
  await page.table.rows.first().waitFor();
  expect(await texts()).toEqual([
    'all −500 ns — 0 ns',
    'main.main −500 ns — 0 ns',
    'main.cache −900 ns — −900 ns',
    'main.index 400 ns — 400 ns',
  ]);
  await page.explore.view('Top').click();
  await page.explore.window.getByText('The total is negative, −500\u00a0ns: nothing is a share of it.').waitFor();
  const top = await page.page.locator('tr[data-function]').first().innerText();
  expect(top.replaceAll(/[\s\u00a0]+/g, ' ')).toMatch(/^main\.cache .*−900 ns — – – −900 ns —$/);
});

test('a tree grouped by a label has its values apart from functions, and a place for what lacks the label', async () => {
  const page = await explore('shared', { by: 'tenant' });
  const legend = page.explore.flameGraph.locator('.flame-legend');
  await legend.getByText('Label values').waitFor();
  await page.explore.view('Tree').click();
  await page.table.rows.first().waitFor();
  expect(await page.table.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-path')))).toEqual([
    '',
    'tenant: acme',
    'tenant: acme;main.main',
    'tenant: acme;main.main;main.serve',
    '(no tenant)',
    '(no tenant);main.main',
    '(no tenant);main.main;main.poll',
    'tenant: /v1.2/blue',
    'tenant: /v1.2/blue;main.main',
    'tenant: /v1.2/blue;main.main;main.serve',
  ]);
  await page.explore.view('Flame graph').click();
  await page.page.getByRole('combobox', { name: 'By' }).selectOption('');
  await legend.getByText('Label values').waitFor({ state: 'detached' });
});

test('a view of one side of a comparison says which side it shows, and goes to the other', async () => {
  const page = await explore('shared', {
    view: 'top',
    function: 'main.main',
    file: 'till/main.go',
    'b.match': '{service="shared", tenant=""}',
    'b.from': `${START}`,
    'b.to': `${START + 1}`,
  });
  const { side } = page.explore;
  const top = page.page.locator('tr[data-function]');
  await side.getByText(/Shows B alone: the profile of .* \{service="shared", tenant=""\}/).waitFor();
  await top.getByText('main.poll').waitFor();
  expect(await top.getByText('main.serve').count()).toBe(0);
  await side.getByRole('radio', { name: 'A' }).click();
  await side.getByText('Shows A alone').waitFor();
  await top.getByText('main.serve').waitFor();
  expect(page.explore.parameters().side).toBe('a');
  for (const view of ['Sandwich', 'Source', 'Labels']) {
    await page.explore.view(view).click();
    await side.getByText('Shows A alone').waitFor();
  }
  await page.explore.view('Flame graph').click();
  await side.waitFor({ state: 'detached' });
});

test('an axis over years says the years, and leads to where the profiles are', async () => {
  const page = await lab.visit();
  await page.page.goto(new URL('/explore?kind=cpu&type=cpu', lab.served.url).href);
  await page.explore.says.getByText(/everything stored/).waitFor();
  const ticks = page.page.locator('.brush-timeline-tick');
  await ticks.first().waitFor();
  expect((await ticks.allInnerTexts()).filter((text) => !/ 20\d\d$/.test(text))).toEqual([]);
  const column = await page.explore.timeline.locator('[data-row="old"] path').getAttribute('d');
  expect(column).toMatch(/^M0,100V/);
  expect(await page.explore.service('old').innerText()).toMatch(/≤ 1\sµs/);
  await page.page.getByRole('button', { name: /Mar 2024 .* · old$/ }).click();
  await page.explore.says.getByText(/CPU: one profile, 12 Mar 2024/).waitFor();
  expect(await page.explore.total()).toBe(1_000);
});
