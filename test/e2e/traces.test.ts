import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';
import type { LabPage } from './models/lab-page.ts';
import { TracesPage } from './models/traces-page.ts';

const lab = labForTests();

async function openTraces(learner: LabPage): Promise<TracesPage> {
  await learner.page.goto(new URL('/targets', lab.served.url).href);
  await learner.page.getByRole('link', { name: 'Execution traces' }).click();
  await learner.page.getByRole('heading', { name: 'Execution traces' }).waitFor();
  return new TracesPage(learner.page);
}

test('a trace is recorded, drawn as a flame graph, opened in go tool trace and downloaded', async () => {
  const learner = await lab.visit();
  const traces = await openTraces(learner);
  await traces.page.getByText('No trace yet').waitFor();
  await traces.choose('checkout-1');
  await traces.page.getByRole('radio', { name: '1 s', exact: true }).first().click();
  await traces.button('Record a trace').click();
  await traces.button('Recording checkout-1').waitFor();
  const row = traces.rows('asked').first();
  await row.getByText('asked for, 1').waitFor();

  const [viewer] = await Promise.all([
    traces.page.context().waitForEvent('page'),
    row.getByRole('button', { name: 'Open in go tool trace' }).click(),
  ]);
  await viewer.getByText('Event timeline').first().waitFor();
  expect(new URL(viewer.url()).hostname).toBe('127.0.0.1');
  expect(await viewer.evaluate(() => window.opener)).toBe(null);
  await viewer.close();
  await row.getByText(/go tool trace checkout-1-[0-9a-f]{12}\.trace/).waitFor();

  const [download] = await Promise.all([
    traces.page.waitForEvent('download'),
    row.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^checkout-1-[0-9a-f]{12}\.trace$/);
  expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('go 1.');

  await row.getByRole('button', { name: 'Net' }).click();
  await traces.page.waitForURL(/\/explore\?kind=trace-net&match=/);
  await traces.page.getByText('Trace: net: one profile').waitFor();
  await traces.page.getByRole('radio', { name: 'Top' }).click();
  await traces.page.getByText('poll.(*FD).Read').first().waitFor();
  await traces.page.locator('.brush-timeline-mark[data-look="dot"]').first().waitFor();
});

test('a recorder that is on keeps the last seconds, and those before a slow request', async () => {
  const learner = await lab.visit();
  const traces = await openTraces(learner);
  await traces.choose('search-1');
  await traces.recorder.getByText('Off: nothing is kept').waitFor();
  await traces.page.getByRole('radio', { name: '20 ms' }).click();
  await traces.button('Switch on for 10 min').click();
  await traces.recorder.getByText(/On for 10.min more\. A request that takes 20.ms or longer/).waitFor();
  await traces.button('Keep the last seconds').click();
  await traces.rows('flight').first().waitFor();

  // Every request is slow from 1 ms on, sooner or later.
  const body = { instance: 'checkout-1', on: true, slowMillis: 1 };
  expect((await lab.served.ask('/api/recorders', { method: 'POST', body })).status).toBe(200);
  await traces
    .rows('slow')
    .first()
    .getByText(/slow request (POST|GET) \/\w+, \d+.ms/)
    .waitFor();

  await traces.button('Switch off').click();
  await traces.recorder.getByText('Off: nothing is kept').waitFor();
  await traces.rows('flight').first().getByRole('button', { name: 'Remove the trace' }).click();
  await traces.rows('flight').waitFor({ state: 'detached' });
});

test('a second trace at a time is refused with a sentence; on a phone nothing sticks out', async () => {
  const learner = await lab.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const traces = await openTraces(learner);
  await traces.choose('reports-1');
  expect(await learner.widerThanScreen()).toEqual([]);
  const controls = await traces.page.locator('.traces-screen').getByRole('button').all();
  for (const control of controls) expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);

  const record = (seconds: number) =>
    lab.served.ask(`/api/traces?instance=reports-1&seconds=${seconds}`, { method: 'POST', body: {} });
  const long = until(
    () => record(5),
    ({ status }) => status === 201,
  );
  await until(
    () => record(1),
    ({ status }) => status === 409,
  );
  await traces.button('Record a trace').tap();
  await learner.notice('reports-1 is being traced already').waitFor();
  await long;
  await traces.rows('asked').first().waitFor();
  expect(await learner.widerThanScreen()).toEqual([]);
});
