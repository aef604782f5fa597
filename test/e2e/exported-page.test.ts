import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { exportGraphPage } from '../../server/http/index.ts';
import { openStore } from '../../server/store/index.ts';
import { exportFunctions } from '../../server/wiring/export-functions.ts';
import { profileFunctions } from '../../server/wiring/profile-functions.ts';
import { openBrowser } from '../support/open-browser.ts';
import { profileFromText } from '../support/profile-from-text.ts';
import { root, runFlamelab } from '../support/run-flamelab.ts';

const IMAGE = 'main.<img/src=x/onerror=globalThis.ran=1>';
const END = 'main.</script><script>globalThis.ran=1</script>';
const BEFORE = `
  main.main;main.(*Server).handle;sort.Slice 600000000
  main.main;main.(*Server).handle;${IMAGE} 100000000
  main.main;main.read;${END} 100000000
  runtime.gcBgMarkWorker;runtime.scanobject 100000000
  runtime.gcBgMarkWorker;runtime.mallocgc 100000000`;
const AFTER = `
  main.main;main.(*Server).handle;main.index 50000000
  main.main;main.(*Server).handle;${IMAGE} 100000000
  main.main;main.read;${END} 100000000
  runtime.gcBgMarkWorker;runtime.scanobject 50000000`;
const T0 = 1_800_000_000_000;

let browser: Browser;
let folder: string;
const problems: string[] = [];

beforeAll(async () => {
  await runFlamelab('list', '--help'); // builds the page's template if that is stale
  folder = await mkdtemp(join(tmpdir(), 'flamelab-exported-'));
  browser = await openBrowser();
  const store = await openStore({ dir: join(folder, 'store'), clock: systemClock, log: () => {} });
  for (const [version, text] of Object.entries({ a: BEFORE, b: AFTER })) {
    for (let window = 0; window < 10; window++) {
      const timeNanos = BigInt(T0 + window * 1_000) * 1_000_000n;
      const profile = { ...profileFromText(text), timeNanos, durationNanos: 1_000_000_000n };
      const labels = { service: 'search', version };
      await store.append({ kind: 'cpu', labels, profile, arrivalMillis: T0, requests: 100 });
    }
  }
  const profiles = profileFunctions(() => Promise.reject(new Error('nothing is pushed here')));
  const options = { clock: systemClock, store, profiles, exports: exportFunctions(root) };
  const pages = {
    'one.html': 'kind=cpu&match={version="a"}',
    'two.html': 'kind=cpu&match={version="a"}&b.match={version="b"}',
  };
  for (const [name, query] of Object.entries(pages)) {
    const { text } = await exportGraphPage(new URLSearchParams(query), options);
    await writeFile(join(folder, name), text);
  }
  await store.close();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function openOffline(name: string, options: { colorScheme?: 'light' | 'dark' } = {}): Promise<Page> {
  const context = await browser.newContext({ offline: true, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  problems.length = 0;
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) problems.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(folder, name)).href);
  await page.locator('g.frame').first().waitFor();
  return page;
}

const frame = (page: Page, name: string) =>
  page.locator('g.frame').filter({ has: page.locator('title', { hasText: name }) });
/** Widths in shares of the picture, by name; frames without one are left out. */
const widths = (page: Page) =>
  page.evaluate(() => {
    const whole = document.querySelector('#graph svg')?.getBoundingClientRect().width ?? 1;
    const frames = [...document.querySelectorAll('#graph g.frame')].map((one) => {
      const width = Number(one.querySelector('rect')?.getAttribute('width') ?? 0);
      return [one.getAttribute('name') ?? '', Math.round((width / whole) * 100)] as const;
    });
    return Object.fromEntries(frames.filter(([, width]) => width > 0));
  });

test('a page of one profile opens without a network: zoom, plain-text search, colours by package', async () => {
  const page = await openOffline('one.html');
  expect(await page.title()).toBe('CPU profile of {version="a"} · Flamelab');
  await expect.poll(() => widths(page)).toMatchObject({ all: 100, 'main.main': 80, 'sort.Slice': 60 });
  expect(await page.getByText('10 s · 10 ms per request · 1,000 requests · 10 profiles').count()).toBe(1);

  await page.getByRole('searchbox').fill('main.(*');
  await page.getByText('1 frame, 70 %').waitFor();
  const fill = (name: string) => frame(page, `${name} ·`).locator('rect').getAttribute('fill');
  const found = await fill('main.(*Server).handle');
  expect(await fill('main.read')).not.toBe(found);
  await page.getByRole('searchbox').fill('');
  const families = await Promise.all(['main.main', 'sort.Slice', 'runtime.scanobject', 'runtime.mallocgc'].map(fill));
  expect(families).not.toContain(found);
  expect(new Set(families.slice(0, 3)).size).toBe(3);

  await frame(page, 'main.(*Server).handle ·').click();
  await expect.poll(() => widths(page)).toMatchObject({ 'main.(*Server).handle': 100, 'sort.Slice': 86 });
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(() => widths(page)).toMatchObject({ 'main.(*Server).handle': 70 });
  expect(problems).toEqual([]);
});

test('before, after and difference share their frames, zoom and search', async () => {
  const page = await openOffline('two.html', { colorScheme: 'dark' });
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await page.getByText('Difference', { exact: true }).waitFor();
  expect(await page.getByText('−7 ms per request (95 %: −7 ms to −7 ms)').count()).toBe(1);
  await frame(page, 'sort.Slice · −6 ms (before 6 ms, after 0 ns; −60 % of the total before)').waitFor();

  await page.getByRole('radio', { name: 'before' }).check();
  await expect.poll(() => widths(page)).toMatchObject({ 'sort.Slice': 60, 'runtime.mallocgc': 10 });
  await page.getByRole('radio', { name: 'after' }).check();
  await expect.poll(async () => Object.keys(await widths(page))).not.toContain('sort.Slice');
  expect(await widths(page)).toMatchObject({ 'main.index': 17, 'main.read': 33 });

  await frame(page, 'main.read ·').click();
  await expect.poll(() => widths(page)).toMatchObject({ 'main.read': 100 });
  await page.getByRole('radio', { name: 'difference' }).check();
  await frame(page, 'main.read · ±0').waitFor();
  expect(await widths(page)).toMatchObject({ 'main.read': 100 });
  await page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  expect(problems).toEqual([]);
});

test('markup in names is text', async () => {
  const page = await openOffline('two.html');
  await page.getByRole('button', { name: IMAGE, exact: true }).click();
  await frame(page, `${IMAGE} ·`).waitFor();
  await frame(page, `${END} ·`).hover();
  expect(await page.locator('#details').innerText()).toContain(END);
  expect(await page.evaluate(() => document.querySelectorAll('img, table script').length)).toBe(0);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'ran'))).toBeUndefined();
  await mkdir(join(root, 'test', 'artifacts'), { recursive: true });
  await page.screenshot({ path: join(root, 'test', 'artifacts', 'exported-page.png'), fullPage: true });
  expect(problems).toEqual([]);
});
