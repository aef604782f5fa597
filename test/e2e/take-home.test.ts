import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphPage } from '../../protocol/index.ts';
import { writeProfile } from '../../server/profile/index.ts';
import { profileFromText } from '../support/profile-from-text.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-files-'));
  await writeFile(join(folder, 'before.pb.gz'), gzipSync(writeProfile(profileFromText('main.main;main.sort 500'))));
  await writeFile(join(folder, 'after.pb'), writeProfile(profileFromText('main.main;main.find 200')));
  await writeFile(join(folder, 'page.html'), '<!doctype html><h1>404</h1>');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

const pageIn = (html: string) =>
  graphPage.parse(JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(html)?.[1] ?? ''));

/** Drags files from outside over the page and lets go of them, as a file manager would. */
async function drop(page: Page, ...names: string[]): Promise<void> {
  const files = await Promise.all(
    names.map(async (name) => ({ name, base64: (await readFile(at(name))).toString('base64') })),
  );
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([bytes], name));
    }
    return data;
  }, files);
  const target = page.locator('main');
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await page.getByText('Drop pprof files to look at them').waitFor();
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}

test('a dropped file is opened in Explore, two are compared, and one that is no profile is said to be none', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.editor.isShowing('search/validate.go');
  await drop(learner.page, 'page.html');
  await learner.notice(/page\.html: malformed profile at byte 0: it is a web page/).waitFor();
  expect(new URL(learner.page.url()).pathname).toBe('/');

  await drop(learner.page, 'before.pb.gz', 'after.pb', 'page.html');
  await learner.page.waitForURL('**/explore?**');
  const { searchParams } = new URL(learner.page.url());
  expect(searchParams.get('kind')).toBe('cpu');
  expect(searchParams.get('match')).toMatch(/^\{service="file",instance="before\.pb\.gz",content="[0-9a-f]{16}"\}$/);
  expect(searchParams.get('b.match')).toContain('instance="after.pb"');
});

test('files can be chosen with the keyboard, too', async () => {
  const learner = await lab.visit();
  const chooser = learner.page.waitForEvent('filechooser');
  const button = learner.page.getByRole('button', { name: 'Open profiles' });
  await button.press('Enter');
  await (await chooser).setFiles(at('after.pb'));
  await learner.page.waitForURL('**/explore?**');
  expect(new URL(learner.page.url()).searchParams.get('b.match')).toBeNull();
});

test('the graph on screen is saved as a page and as profiles; in Explore, too', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.graph.panel.getByRole('button', { name: 'Save as' }).click();
  const save = async (name: RegExp): Promise<Buffer> => {
    const download: Promise<Download> = learner.page.waitForEvent('download');
    await learner.page.getByRole('button', { name }).click();
    return readFile(await (await download).path());
  };
  const html = (await save(/^Page/)).toString();
  expect(pageIn(html)).toMatchObject({ kind: 'cpu', unit: 'nanoseconds' });
  const bundle = gunzipSync(await save(/^Profiles/)).toString();
  expect(bundle).toMatch(/^\{"flamelab":"bundle","version":1,"profiles":[1-9]/);

  await drop(learner.page, 'before.pb.gz', 'after.pb');
  await learner.page.getByText('300 ns/profile less').waitFor();
  await learner.explore.changes.getByText('Two single profiles: no interval can be given.').waitFor();
  expect(await learner.explore.changes.getByRole('button').first().innerText()).toMatch(
    /^main\.sort\s+−500\sns\s+500\sns → 0\sns\s+−100\s%$/,
  );
  await learner.page.getByRole('button', { name: 'Save as' }).click();
  const compared = pageIn((await save(/^Page/)).toString());
  expect(compared.sides.map(({ total }) => total[0])).toEqual([500, 200]);
});
