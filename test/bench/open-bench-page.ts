import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { openBrowser } from '../support/open-browser.ts';

/** A page of `test/bench/page`, built and opened in a real browser of its own. */
export interface OpenPage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

export async function openBenchPage(): Promise<OpenPage> {
  const folder = await mkdtemp(join(tmpdir(), 'flamelab-bench-'));
  const server = await servePage(join(folder, 'page'));
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${portOf(server)}/`);
  await page.waitForFunction('window.bench !== undefined');
  return {
    page,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function servePage(outDir: string): Promise<Server> {
  await build({
    root: join(projectRoot(), 'test', 'bench', 'page'),
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
  });
  const types: Readonly<Record<string, string>> = {
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.html': 'text/html',
  };
  const server = createServer(async (request, response) => {
    const name = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = name === '/' ? 'index.html' : name;
    try {
      const body = await readFile(join(outDir, file));
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the bench server has no port');
  return address.port;
}

/** The folder of package.json, above the sources and above what is built from them. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
