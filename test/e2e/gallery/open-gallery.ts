import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';

const ADDRESS = 'http://gallery.localhost';
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/**
 * A page with a flame graph and nothing else, built as the product is, in a browser whose clock then stands still: time
 * passes only by `page.clock.runFor`. No server: the browser gets the built files from here.
 */
export async function openGallery(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_100, height: 500 } });
  await page.clock.install({ time: 0 });
  await serveFiles(page, 'index.html');
  await page.goto(ADDRESS);
  await page.waitForFunction('window.showGraph !== undefined');
  await page.clock.pauseAt(60_000);
  return page;
}

/** A page that shows one profile view at a time, of what a lab has stored. */
export async function openViews(
  browser: Browser,
  lab: { readonly port: number; readonly token: string },
  viewport = { width: 1_440, height: 900 },
): Promise<Page> {
  const page = await browser.newPage({ viewport });
  await serveFiles(page, 'views.html');
  await page.route(`${ADDRESS}/api/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const answer = await fetch(`http://127.0.0.1:${lab.port}${pathname}${search}`, {
      headers: { authorization: `Bearer ${lab.token}` },
    });
    await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() });
  });
  await page.goto(ADDRESS);
  await page.waitForFunction('window.showView !== undefined');
  return page;
}

async function serveFiles(page: Page, first: 'index.html' | 'views.html'): Promise<void> {
  const files = await buildFiles(first);
  await page.route(`${ADDRESS}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || first;
    const body = files.get(name);
    if (body === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ body, contentType: TYPES[extname(name)] ?? 'application/octet-stream' });
  });
}

/** With React as the product has it: its development build looks at every property, 100,000 rows included. */
async function buildFiles(first: string): Promise<Map<string, string>> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { write: false, chunkSizeWarningLimit: 2_000, rollupOptions: { input: join(import.meta.dirname, first) } },
  }).finally(() => {
    process.env.NODE_ENV = NODE_ENV;
  });
  if (!('output' in built)) throw new Error('one build was expected');
  const text = (source: string | Uint8Array) => (typeof source === 'string' ? source : Buffer.from(source).toString());
  return new Map(built.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : text(file.source)]));
}
