import { beforeAll, expect, test } from 'vitest';
import { pushProfile } from '../support/push-profile.ts';
import { until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';
import type { LabPage } from './models/lab-page.ts';

const lab = labForTests();

/** A till that was deployed: ten profiles of each version, one every two seconds, the second at a third of the cost. */
const START = Math.floor(Date.now() / 10_000) * 10_000 - 600_000;
const DEPLOY = START + 60_000;
const AXIS = { from: START - 20_000, to: START + 100_000 };
const SLOW = 400_000_000;
const FAST = 100_000_000;
const REST = 50_000_000;

beforeAll(async () => {
  for (let i = 0; i < 10; i++) {
    const jitter = (i % 3) * 1_000_000;
    const till = (version: string, atMillis: number, nanos: number) =>
      pushProfile(lab.served, {
        labels: { service: 'till', version, instance: 'till-1' },
        atMillis,
        stacks: { 'main.main;main.add;main.sort': nanos + jitter, 'main.main;main.print': REST },
      });
    await till('v1', START + i * 2_000, SLOW);
    await till('v2', DEPLOY + i * 2_000, FAST);
  }
});

const TILL = '{service="till"}';
const ofTill = (more: Record<string, string | number> = {}) =>
  `/explore?${new URLSearchParams({
    kind: 'cpu',
    type: 'cpu',
    match: TILL,
    'axis.from': String(AXIS.from),
    'axis.to': String(AXIS.to),
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)])),
  })}`;
const window1 = { from: START, to: START + 20_000 };
const window2 = { 'b.from': DEPLOY, 'b.to': DEPLOY + 20_000 };

async function explore(path: string, permissions: string[] = []): Promise<LabPage> {
  const page = await lab.visit({ permissions });
  await page.page.goto(new URL(path, lab.served.url).href);
  return page;
}

test('a window is brushed with the pointer, and the flame graph is of that window alone', async () => {
  const page = await explore(ofTill(window1));
  expect(await page.explore.total()).toBe(10 * (SLOW + REST) + 9_000_000);
  await page.explore.drag(AXIS, DEPLOY + 500, DEPLOY + 7_500);
  await page.explore.says.getByText(/CPU: 4 profiles summed/).waitFor();
  expect(page.explore.parameters()).toMatchObject({ from: String(DEPLOY), to: String(DEPLOY + 8_000) });
  expect(await page.explore.total()).toBe(4 * (FAST + REST) + 3_000_000);
  await page.page.goBack();
  await page.explore.says.getByText(/CPU: 10 profiles summed/).waitFor();
  await page.page.goForward();
  await page.explore.says.getByText(/CPU: 4 profiles summed/).waitFor();
});

test('a window is brushed on a page that is too busy to draw while the pointer moves', async () => {
  const page = await explore(ofTill(window1));
  await page.explore.total();
  await page.explore.flick(AXIS, DEPLOY + 500, DEPLOY + 7_500);
  await page.explore.says.getByText(/CPU: 4 profiles summed/).waitFor();
});

test('a window is chosen by keys, and said aloud', async () => {
  const page = await explore(ofTill({ from: AXIS.from, to: AXIS.to }));
  await page.explore.says.getByText(/CPU: 20 profiles summed/).waitFor();
  const { keyboard } = page.page;
  await page.tabTo(page.explore.timeline);
  await keyboard.press('Home');
  for (let second = 0; second < 20; second++) await keyboard.press('ArrowRight');
  await page.explore.spoken.getByText(/till 450\sms/).waitFor();
  await keyboard.down('Shift');
  for (let second = 0; second < 3; second++) await keyboard.press('ArrowRight');
  await page.explore.spoken.getByText(/^Window .* to .*, 4\ss$/).waitFor();
  await keyboard.up('Shift');
  await page.explore.says.getByText(/CPU: 2 profiles summed/).waitFor();
  expect(page.explore.parameters()).toMatchObject({ from: String(START), to: String(START + 4_000) });
  await keyboard.press('Escape');
  await page.explore.says.getByText(/CPU: 20 profiles summed/).waitFor();
});

test('a click on a column shows that one profile, and a step goes to the next one', async () => {
  const page = await explore(ofTill({ from: AXIS.from, to: AXIS.to }));
  await page.explore.says.getByText(/CPU: 20 profiles summed/).waitFor();
  await page.explore.click(AXIS, START + 4_500, 'till');
  await page.explore.says.getByText(/one profile/).waitFor();
  expect(page.explore.parameters()).toMatchObject({
    from: String(START + 4_000),
    to: String(START + 4_001),
    match: '{service="till", instance="till-1"}',
  });
  expect(await page.explore.total()).toBe(SLOW + REST + 2_000_000);
  await page.explore.button('Next profile').click();
  await until(
    async () => page.explore.parameters().from,
    (from) => from === String(START + 6_000),
  );
  await page.explore.button('Previous profile').click();
  await until(
    async () => page.explore.parameters().from,
    (from) => from === String(START + 4_000),
  );
});

test('two windows are compared: the whole in words, the frames by size, and the link shows the same to someone else', async () => {
  const page = await explore(ofTill(window1), ['clipboard-read', 'clipboard-write']);
  await page.explore.says.getByText(/CPU: 10 profiles summed/).waitFor();
  await page.explore.drag(AXIS, DEPLOY + 500, DEPLOY + 19_500, 'Shift');
  const says = page.explore.comparison;
  await says.getByText(/300\sms\/s less/).waitFor();
  expect(await says.innerText()).toMatch(/299\sms to 301\sms; sure.*−66\.\d\s%/s);
  // Pushed profiles don't know requests: the next best, and it says so.
  await says.getByText('Not every window here has request counts').waitFor();
  await says.getByRole('radio', { name: 'Total' }).click();
  await says.getByText(/3\ss less/).waitFor();
  expect(page.explore.parameters()).toMatchObject({ per: 'total', ...textOf(window2) });

  const first = page.explore.changes.getByRole('button').first();
  expect(await first.innerText()).toMatch(/^main\.sort\s+−3\ss/);
  expect(await first.getAttribute('data-changed')).toBe('true');
  await first.click();
  await page.explore.flameGraph.locator('.flame-facts').getByText('main.sort').waitFor();
  await page.explore.flameGraph
    .locator('.flame-facts')
    .getByText(/2\.99\ss to 3\.01\ss less; sure/)
    .waitFor();

  await page.explore.button('Copy link').click();
  await page.explore.button('Copied').waitFor();
  const link = await page.page.evaluate(() => navigator.clipboard.readText());
  const other = await explore(link);
  await other.explore.comparison.getByText(/3\ss less/).waitFor();
  expect(await other.explore.says.innerText()).toBe(await page.explore.says.innerText());
  const crumbs = other.explore.flameGraph.getByRole('navigation', { name: 'Zoom' }).getByRole('button');
  await until(
    () => crumbs.count(),
    (count) => count === 3,
  );
  await other.page.getByRole('radiogroup', { name: 'Shown' }).getByRole('radio', { name: 'A' }).click();
  await until(
    () => other.explore.total(),
    (total) => total === 10 * (SLOW + REST) + 9_000_000,
  );
});

test('too few windows are no proof, and the same window twice is no difference', async () => {
  const few = { 'b.from': DEPLOY, 'b.to': DEPLOY + 6_000 };
  const page = await explore(ofTill({ ...window1, ...few, per: 'second' }));
  await page.explore.comparison.getByText('too few windows to be sure: 3 of 8 a side').waitFor();
  await page.page.goto(
    new URL(ofTill({ ...window1, 'b.from': START, 'b.to': START + 20_000, per: 'second' }), lab.served.url).href,
  );
  await page.explore.comparison.getByText('No difference at this noise').waitFor();
});

test('a new version of a service is flagged where it began, and the row chooses its service', async () => {
  const page = await explore(
    `/explore?kind=cpu&axis.from=${AXIS.from}&axis.to=${AXIS.to}&from=${AXIS.from}&to=${AXIS.to}`,
  );
  await page.explore.timeline
    .locator('[data-row="till"]')
    .getByText(/new version v2/)
    .waitFor({ state: 'attached' });
  expect(await page.explore.timeline.getByText(/new version/).count()).toBe(1);
  await page.explore.service('till').click();
  await until(
    async () => page.explore.parameters().match,
    (match) => match === TILL,
  );
});

test('how the tree is looked at is in the address: a link shows the same', async () => {
  const page = await explore(ofTill(window1));
  const frames = (of: LabPage, count: number) =>
    of.explore.flameGraph.and(of.page.locator(`[data-frames="${count}"]`)).waitFor();
  await frames(page, 5);
  await page.explore.flameGraph.getByRole('searchbox').fill('sort');
  await page.explore.button('Keep only stacks with what is found').click();
  await frames(page, 4);
  await page.explore.button('Go runtime').click();
  await page.explore.button('View').click();
  await page.page.getByRole('radio', { name: 'Leave out' }).click();
  expect(page.explore.parameters()).toMatchObject({
    search: 'sort',
    only: 'found',
    off: 'runtime',
    'off.as': 'left-out',
  });
  const other = await explore(page.page.url());
  await frames(other, 4);
  expect(await other.explore.button('Go runtime').getAttribute('aria-pressed')).toBe('false');
  await other.explore.button('Only stacks with what is found: press to show all').click();
  await other.explore.button('View').click();
  await other.page.getByRole('radio', { name: 'Packages' }).click();
  await frames(other, 2);
  expect(other.explore.parameters()).toMatchObject({ tree: 'packages' });

  const rows = await explore(ofTill({ ...window1, view: 'table', tree: 'packages' }));
  await rows.table.rows.nth(1).waitFor();
  expect((await rows.table.read()).map(({ path }) => path.split(';').at(-1))).toEqual(['', 'main']);
  await rows.page.getByRole('button', { name: 'View', exact: true }).click();
  await rows.page.getByRole('radio', { name: 'Functions' }).click();
  await rows.table.rows.nth(4).waitFor();
  expect(rows.explore.parameters()).not.toHaveProperty('tree');
});

test('filter and order of Top, and what the rows of the tree are sorted by, are in the address', async () => {
  const page = await explore(ofTill({ ...window1, view: 'top' }));
  const filter = (of: LabPage) => of.page.getByRole('searchbox', { name: 'Filter functions by name or file' });
  const sorted = (of: LabPage, column: string) =>
    of.page.locator('th[aria-sort]:not([aria-sort=none])', { hasText: column });
  await filter(page).fill('main');
  await page.page.getByRole('button', { name: 'Cum', exact: true }).click();
  await page.page.getByRole('button', { name: 'Cum' }).click();
  expect(page.explore.parameters()).toMatchObject({ filter: 'main', order: 'cum.up' });
  const other = await explore(page.page.url());
  await sorted(other, 'Cum').and(other.page.locator('[aria-sort=ascending]')).waitFor();
  expect(await filter(other).inputValue()).toBe('main');
  await other.page.goto(`${page.page.url().replace('view=top', 'view=table')}`);
  await other.page.getByRole('button', { name: 'Function', exact: true }).click();
  expect(other.explore.parameters()).toMatchObject({ rows: 'name' });
});

test('a source that is opened from Top is that of the function, at its hottest line', async () => {
  const page = await explore(ofTill({ ...window1, view: 'top' }));
  const row = page.page.locator('tr[data-function="main.print"]');
  await row.hover();
  await row.getByRole('button', { name: 'Source till/main.go' }).click();
  await page.page.getByRole('region', { name: 'Source till/main.go' }).waitFor();
  expect(page.explore.parameters()).toMatchObject({ view: 'source', file: 'till/main.go', function: 'main.print' });
  expect(page.explore.parameters()).not.toHaveProperty('line');
});

test('a selector completes from what is stored; a bad one stays where it was typed, with its place', async () => {
  const page = await explore(ofTill(window1));
  await page.explore.says.getByText(/CPU: 10 profiles/).waitFor();
  await page.explore.selector.fill('{serv');
  await page.explore.completions.filter({ hasText: /^service$/ }).click();
  await page.explore.completions.filter({ hasText: /^till$/ }).waitFor();
  await page.page.keyboard.type('ti');
  await page.explore.completions.filter({ hasText: /^till$/ }).click();
  expect(await page.explore.selector.inputValue()).toBe('{service="till"}');

  await page.explore.selector.fill('{service="till", version=v1}');
  await page.explore.selector.press('Enter');
  await page.explore.problem.getByText('position 25: expected a quoted value, found "v1}"').waitFor();
  expect(page.explore.parameters().match).toBe(TILL);
  await page.explore.selector.fill('{service="till", version="v2"}');
  await page.explore.selector.press('Enter');
  await page.explore.window.getByText('No CPU profile in this window').waitFor();
  await page.explore.button('Show all').click();
  await page.explore.says.getByText(/CPU: 10 profiles summed, everything stored/).waitFor();
  await page.page.getByRole('button', { name: 'Take out version' }).click();
  await page.explore.says.getByText(/CPU: 20 profiles summed/).waitFor();
});

test('an address with mistakes says which; patterns that are not RE2 say so beside their field', async () => {
  const page = await explore(ofTill({ ...window1, view: 'pie', colour: 'red', focus: 'a(?=b)' }));
  await page.explore.problem.getByText('The parameter view says "pie"').waitFor();
  await page.explore.problem.getByText('There is no parameter "colour"').waitFor();
  await page.explore.problem
    .getByText(/The pattern focus is not RE2/)
    .first()
    .waitFor();
  await page.explore.button('Filter').click();
  const focus = page.page.getByRole('textbox', { name: /^Focus/ });
  await focus.fill('print$');
  await focus.press('Enter');
  await until(
    () => page.explore.total(),
    (total) => total === 10 * REST,
  );
  expect(page.explore.parameters().focus).toBe('print$');
});

test('live follows what is collected, and stands still when it is switched off', async () => {
  const page = await explore('/explore');
  const profiles = async () =>
    Number(/CPU: ([\d,]+) profiles/.exec(await page.explore.says.innerText())?.[1]?.replace(',', ''));
  const before = await until(profiles, (count) => count > 1);
  await until(profiles, (count) => count > before);
  await page.explore.live.click();
  expect(await page.explore.live.getAttribute('aria-pressed')).toBe('false');
  const { from, to, live } = page.explore.parameters();
  expect(live).toBeUndefined();
  expect(Number(to) - Number(from)).toBeGreaterThan(290_000);
  await page.explore.live.click();
  await until(
    async () => page.explore.parameters().live,
    (span) => span === '5m',
  );
});

test('from page to page and back nothing reloads: typed code is still there, and so is the view', async () => {
  const page = await lab.visit();
  await page.openExercise('Read a flame');
  await page.editor.isShowing('search/validate.go');
  await page.graph.isDrawn();
  await page.page.evaluate(() => document.body.setAttribute('data-same-page', ''));
  await page.editor.type('package main // not saved yet');
  await page.page.getByRole('link', { name: 'Open in Explore' }).click();
  await page.explore.says.getByText(/CPU: [\d,]+ profiles summed/).waitFor();
  expect(page.explore.parameters()).toMatchObject({ kind: 'cpu', match: '{instance="search-1"}' });
  await page.page.getByRole('link', { name: 'Learn' }).click();
  await page.editor.content.getByText('// not saved yet').waitFor();
  await page.page.goBack();
  await page.explore.says.getByText(/CPU: [\d,]+ profiles summed/).waitFor();
  await page.page.goBack();
  await page.editor.content.getByText('// not saved yet').waitFor();
  expect(await page.page.locator('body[data-same-page]').count()).toBe(1);
});

test('on a phone everything is there, one under the other', async () => {
  const page = await lab.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.page.getByRole('link', { name: 'Explore' }).tap();
  await page.page.goto(new URL(ofTill({ ...window1, ...window2, per: 'second' }), lab.served.url).href);
  await page.explore.comparison.getByText(/300\sms\/s less/).waitFor();
  expect(await page.widerThanScreen()).toEqual([]);
  await page.explore.view('Labels').scrollIntoViewIfNeeded();
  const places = await page.explore.views.evaluateAll((all) =>
    all.map((one) => {
      const { left, right, top } = one.getBoundingClientRect();
      const seen = document.elementFromPoint((left + right) / 2, top + 4);
      return one === seen && left >= 0 && right <= 390;
    }),
  );
  expect(places).toEqual(Array.from(places, () => true));
  await page.explore.view('Labels').tap();
  await page.explore.side.getByText('Shows B alone').waitFor();
  await page.explore.view('Tree').tap();
  await page.table.rows.first().waitFor();
  expect(await page.widerThanScreen()).toEqual([]);
});

const textOf = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
