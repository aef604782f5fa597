import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { writeProfile } from '../../server/profile/index.ts';
import { flameGraphFromText } from '../support/flame-graph-from-text.ts';
import { ensureGoProfiles } from '../support/go-profiles.ts';
import { openBrowser } from '../support/open-browser.ts';
import { ProfileBuilder } from '../support/profile-builder.ts';
import { createFolders, type ServedLab, serveLab, until } from '../support/run-flamelab.ts';
import { openViews } from './gallery/open-gallery.ts';
import type { ShownView } from './gallery/views.tsx';

const HOSTILE = `main.<img src=x onerror="globalThis.ran=1">`;
const query = (match: string) => ({
  kind: 'cpu',
  type: null,
  match,
  from: null,
  to: null,
  focus: null,
  ignore: null,
  hide: null,
});
const DEMO = query('{service="demo"}');

let folders: Awaited<ReturnType<typeof createFolders>>;
let lab: ServedLab;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  folders = await createFolders();
  [lab, browser] = await Promise.all([serveLab(folders), openBrowser()]);
  const version = await searchBuild();
  for (let window = 0; window < 12; window++) await pushDemo(window, version);
  page = await openViews(browser, lab);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  page.on('pageerror', (error) => problems.push(error.message));
});
afterEach(() => {
  expect(problems.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
  await folders?.remove();
});

describe('the top table', () => {
  test('has flat with its interval and course, cum, and says what was picked by mouse and keyboard', async () => {
    await show({ view: 'top', query: DEMO });
    const rows = page.locator('tr[data-function]');
    await rows.first().waitFor();
    expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-function')))).toEqual([
      'regexp.MustCompile',
      'main.parseEuros',
      HOSTILE,
      'main.validateQuery',
    ]);
    expect((await rows.first().innerText()).replaceAll('\u00a0', ' ')).toMatch(
      /780 ms\s+65 %\s+\d+–\d+ ms\s+780 ms\s+65 %/,
    );
    expect(await rows.first().getByRole('img').getAttribute('aria-label')).toMatch(/a profile at .*at most 70/);
    await page.getByRole('button', { name: 'Cum', exact: true }).click();
    expect(await rows.first().getAttribute('data-function')).toBe('main.validateQuery');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('o');
    await page.getByLabel('Filter functions by name or file').fill('VALIDATE.GO');
    expect(await page.locator('.profile-view-says').innerText()).toContain('2 of 4 functions');
    await rows.filter({ hasText: 'parseEuros' }).click();
    expect(await picked()).toEqual([
      'function regexp.MustCompile',
      'file regexp/regexp.go:0 of regexp.MustCompile',
      'function main.parseEuros',
    ]);
    expect(await page.locator('img').count()).toBe(0);
  });

  test('of a real Go program leads to the source of Go’s library', async () => {
    const { folder, names } = await ensureGoProfiles({ windows: 6, millis: 1000 });
    for (const name of names.filter((each) => each.startsWith('cpu-')))
      await push(await readFile(join(folder, name)), 'real');
    await show({ view: 'top', query: query('{service="real"}') });
    await page.getByLabel('Filter functions by name or file').fill('net/http/server.go');
    await page.getByRole('button', { name: 'Cum', exact: true }).click();
    await page.locator('tr[data-function]').first().focus();
    await page.keyboard.press('o');
    const [file = ''] = (await picked()).map((said) => /^file (.*):0 of /.exec(said)?.[1] ?? '');
    expect(file).toContain('net/http/server.go');
    await show({ view: 'source', query: query('{service="real"}'), file, line: 0 });
    await page.getByText('Go’s library, go1.').waitFor();
    await page.locator('.source-asked.source-hot').waitFor();
    expect(await page.locator('.cm-content').innerText()).toContain('c.');
  });

  test('of 100,000 functions renders what is seen, and reaches its last row by key', async () => {
    await show({ view: 'grid', rows: 100_000 });
    const drawn = page.locator('tr[data-function]');
    await drawn.first().focus();
    expect(await drawn.count()).toBeLessThan(200);
    await page.keyboard.press('End');
    await page.locator('tr[data-function="main.f99999"]:focus').waitFor();
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('100001');
    expect(await page.locator('tr:focus').getAttribute('aria-rowindex')).toBe('100001');
  });
});

test('the sandwich shows callers and callees, goes on to another function and back', async () => {
  await show({ view: 'sandwich', query: DEMO, function: 'main.validateQuery' });
  const calls = page.getByRole('grid', { name: 'Calls' });
  const edges = () =>
    calls
      .locator('tr[data-function]')
      .evaluateAll((rows) => rows.map((row) => [row.getAttribute('data-function'), row.getAttribute('data-value')]));
  await calls.waitFor();
  expect(await edges()).toEqual([
    ['regexp.MustCompile', '780000000'],
    ['main.parseEuros', '300000000'],
    [HOSTILE, '120000000'],
  ]);
  await page.getByText('Nothing calls it: an entry.').waitFor();
  await page.getByRole('region', { name: 'Callees' }).and(page.locator('[data-frames="4"]')).waitFor();
  await calls.getByText('regexp.MustCompile').click();
  await page.getByText('It calls nothing: a leaf.').waitFor();
  expect(await page.getByRole('grid', { name: 'Called by' }).locator('tr[data-value]').getAttribute('data-value')).toBe(
    '780000000',
  );
  await page.getByRole('button', { name: 'Back to main.validateQuery' }).click();
  await calls.waitFor();
  expect(await page.getByRole('button', { name: 'No function before this one' }).isDisabled()).toBe(true);
});

describe('the source view', () => {
  test('shows the build’s own text with what each line costs, from the hottest on', async () => {
    await show({ view: 'source', query: DEMO, file: 'bazaar/search/validate.go', line: 0 });
    await page.getByText('Line 37: cum 780').waitFor();
    const asked = page.locator('.source-asked');
    expect(await asked.innerText()).toContain('price := regexp.MustCompile');
    expect(await page.locator('.source-column-cum').innerText()).toMatch(/780\sms/);
    await page.getByRole('button', { name: 'Hottest line' }).click();
    await page.getByText('Line 83: cum 300').waitFor();
    await page.locator('.cm-content').focus();
    await page.keyboard.type('x');
    expect(await page.locator('.cm-content').getAttribute('contenteditable')).toBe('false');
  });

  test('goes to the hottest line of the function that it was opened for', async () => {
    await show({
      view: 'source',
      query: DEMO,
      file: 'bazaar/search/validate.go',
      line: 0,
      function: 'main.parseEuros',
    });
    await page.getByText('Line 83: cum 300').waitFor();
    expect(await page.locator('.source-text').getAttribute('data-line')).toBe('83');
  });

  test('says why there is no text, and what the lines cost all the same', async () => {
    await show({ view: 'source', query: DEMO, file: '/home/me/hostile.go', line: 0 });
    await page.getByText('only files of builds and of Go’s own library are read').waitFor();
    expect(await page.locator('tr[data-line="7"]').innerText()).toContain('<img src=x');
    expect(await page.locator('img').count()).toBe(0);
  });
});

test('labels say their shares, and a click narrows the selection', async () => {
  await show({ view: 'labels', query: DEMO });
  const shares = () =>
    page
      .locator('[data-label="tenant"] button')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('data-value'), Number(one.getAttribute('data-share'))]));
  await page.locator('[data-label="tenant"]').waitFor();
  expect(await shares()).toEqual([
    ['acme "&" sons', 0.65],
    ['', 0.35],
  ]);
  expect(await page.locator('[data-label="service"] button').isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'acme' }).click();
  const [match = ''] = (await picked()).map((said) => said.replace(/^match /, ''));
  await show({ view: 'labels', query: query(match) });
  await until(shares, (now) => now.length === 1);
  expect(await shares()).toEqual([['acme "&" sons', 1]]);
});

describe('the flame graph', () => {
  const graph = flameGraphFromText(
    'main.a;json.Marshal;main.sort 6\nmain.a;main.read 3\nmain.a;main.read;main.sort 1',
    {
      package: (name) => (name.startsWith('json') ? 'encoding/json' : 'main'),
    },
  );
  const frames = (count: number) => page.locator(`.flame-graph[data-frames="${count}"]`).waitFor();

  test('leaves families out, takes packages together, keeps what is found: by mouse and by key', async () => {
    await show({ view: 'graph', graph });
    await frames(6);
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('radio', { name: 'Leave out' }).click();
    await page.getByRole('button', { name: 'Standard library' }).click();
    await frames(5);
    await page.locator('.flame-scroller').focus();
    await page.keyboard.press('3');
    await frames(6);
    await page.keyboard.press('/');
    await page.keyboard.type('READ');
    await page.locator('.flame-scroller').focus();
    await page.keyboard.press('f');
    await frames(4);
    await page.getByText('of 10\u00a0ns shown').waitFor();
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('radio', { name: 'Packages' }).click();
    await frames(4);
  });

  test('copies a whole stack, saves a picture, and says its keys', async () => {
    await page.reload();
    await page.waitForFunction('window.showView !== undefined');
    await show({ view: 'graph', graph });
    await frames(6);
    await page.locator('.flame-scroller').focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'C']) await page.keyboard.press(key);
    await page.getByText('Copied the stack of main.sort, 3 functions').waitFor({ state: 'attached' });
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('main.a\njson.Marshal\nmain.sort');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the picture as PNG' }).click(),
    ]);
    const png = await readFile(await download.path());
    expect([download.suggestedFilename(), png.subarray(1, 4).toString()]).toEqual(['flame-graph.png', 'PNG']);
    expect(png.readUInt32BE(16)).toBe(1_440);
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByText('copy the whole stack').waitFor();
  });
});

async function show(shown: ShownView): Promise<void> {
  await page.evaluate((next) => {
    window.picked.length = 0;
    window.showView(next);
  }, shown);
}

const picked = () => page.evaluate(() => window.picked);

/** The id of the build of search that the lab runs: its snapshot has the text. */
async function searchBuild(): Promise<string> {
  const values = z.object({ values: z.array(z.string()) });
  const match = encodeURIComponent('{service="search"}');
  const [version = ''] = await until(
    async () => values.parse((await lab.ask(`/api/labels/version/values?match=${match}`)).body).values,
    (found) => found.length > 0,
  );
  return version;
}

/** 100 ms a window: 60 to 70 of them under line 37, so that there is something to have an interval of. */
async function pushDemo(window: number, version: string): Promise<void> {
  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }]);
  const place = (name: string, file: string, line: number) =>
    builder.location(`${name}:${line}`, {
      mapping: -1,
      address: 0n,
      lines: [{ functionIndex: builder.function(name, file), line }],
    });
  const own = 'bazaar/search/validate.go';
  const validate = (line: number) => place('main.validateQuery', own, line);
  const wave = BigInt(window % 2 === 0 ? 60_000_000 : 70_000_000);
  const tenant = [{ key: 'tenant', text: 'acme "&" sons', number: null, unit: '' }];
  builder.addSample([place('regexp.MustCompile', 'regexp/regexp.go', 310), validate(37)], [wave], tenant);
  builder.addSample([place('main.parseEuros', own, 83), validate(58)], [25_000_000n]);
  builder.addSample([place(HOSTILE, '/home/me/hostile.go', 7), validate(61)], [10_000_000n]);
  const timeNanos = BigInt(Date.now() - 60_000 + 1_000 * window) * 1_000_000n;
  await push(writeProfile(builder.build({ timeNanos, durationNanos: 1_000_000_000n })), 'demo', version);
}

async function push(bytes: Uint8Array, service: string, version = ''): Promise<void> {
  const parameters = new URLSearchParams({ kind: 'cpu', service, version });
  const answer = await fetch(`http://127.0.0.1:${lab.port}/api/profiles?${parameters}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${lab.token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  expect(answer.status).toBe(201);
}
