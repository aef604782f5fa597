import { extname } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';

const ADDRESS = 'http://gallery.test';
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/**
 * A page with a flame graph and nothing else, built as the product is, in a browser whose clock then stands still: time
 * passes only by `page.clock.runFor`. No server: the browser gets the built files from here.
 */
export async function openGallery(browser: Browser): Promise<Page> {
  const files = await buildFiles();
  const page = await browser.newPage({ viewport: { width: 1_100, height: 500 } });
  await page.clock.install({ time: 0 });
  await page.route(`${ADDRESS}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    const body = files.get(name);
    if (body === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ body, contentType: TYPES[extname(name)] ?? 'application/octet-stream' });
  });
  await page.goto(ADDRESS);
  await page.waitForFunction('window.showGraph !== undefined');
  await page.clock.pauseAt(60_000);
  return page;
}

async function buildFiles(): Promise<Map<string, string>> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { write: false, chunkSizeWarningLimit: 2_000 },
  });
  if (!('output' in built)) throw new Error('one build was expected');
  const text = (source: string | Uint8Array) => (typeof source === 'string' ? source : Buffer.from(source).toString());
  return new Map(built.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : text(file.source)]));
}
