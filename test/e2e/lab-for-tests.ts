import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { openBrowser } from '../support/open-browser.ts';
import { createFolders, root, type ServedLab, serveLab } from '../support/run-flamelab.ts';
import { LabPage } from './models/lab-page.ts';

const artifacts = join(root, 'test', 'artifacts');

export interface Lab {
  readonly served: ServedLab;
  /** A browser of its own (cookies, storage) on a fresh link. */
  visit(options?: BrowserContextOptions): Promise<LabPage>;
  /** Another tab of the same browser. */
  tab(beside: LabPage): Promise<LabPage>;
  /** The link that the lab printed at its start. */
  readonly printedLink: string;
  freshLink(): Promise<string>;
  /** Another browser, with nothing open yet. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
}

/**
 * One lab and one browser for the tests of a file. Whatever was opened is closed after each test; a failed one leaves
 * screenshots and the lab's stderr in test/artifacts. In every test: no error on a page, no refusal by its CSP, no dialog.
 */
export function labForTests(
  start: (folders: { data: string; workspace: string }) => Promise<ServedLab> = serveLab,
): Lab {
  let folders: Awaited<ReturnType<typeof createFolders>> | undefined;
  let served: ServedLab | undefined;
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  const pages: LabPage[] = [];

  beforeAll(async () => {
    folders = await createFolders();
    [served, browser] = await Promise.all([start(folders), openBrowser()]);
  });
  afterEach(async ({ task }) => {
    try {
      if (task.result?.state === 'fail') await keepEvidence(task.name);
      else expect(pages.flatMap((page) => page.problems)).toEqual([]);
    } finally {
      pages.length = 0;
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    }
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    await folders?.remove();
  });

  const keepEvidence = async (name: string) => {
    await mkdir(artifacts, { recursive: true });
    const stem = join(artifacts, name.replace(/\W+/g, '-').slice(0, 80));
    await writeFile(`${stem}.log`, [lab.served.stderr(), ...pages.flatMap((page) => page.problems)].join('\n'));
    await Promise.all(pages.map(({ page }, index) => page.screenshot({ path: `${stem}-${index + 1}.png` })));
  };
  const pageIn = async (context: BrowserContext) => {
    const page = new LabPage(await context.newPage());
    pages.push(page);
    return page;
  };
  const lab: Lab = {
    get served() {
      if (!served) throw new Error('the lab has not started');
      return served;
    },
    get printedLink() {
      return lab.served.url;
    },
    async freshLink() {
      const { body } = await lab.served.ask('/api/codes', { method: 'POST', body: {} });
      return z.object({ url: z.string() }).parse(body).url;
    },
    async context(options = {}) {
      if (!browser) throw new Error('the browser has not started');
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, ...options });
      contexts.push(context);
      return context;
    },
    async visit(options = {}) {
      const page = await pageIn(await lab.context(options));
      await page.open(await lab.freshLink());
      return page;
    },
    async tab(beside) {
      const page = await pageIn(beside.page.context());
      await page.open(new URL('/', lab.served.url).href);
      return page;
    },
  };
  return lab;
}
