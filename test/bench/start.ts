import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { openBrowser } from '../support/open-browser.ts';
import { createFolders, root } from '../support/run-flamelab.ts';
import { type Figure, median } from './figure.ts';

const RUNS = 5;
const MUST_MILLIS = 3_000;

/** `npm start` on a warm clone → the page can be used; the browser already runs, as a user's does. */
export async function measureStart(): Promise<Figure> {
  const folders = await createFolders();
  const browser = await openBrowser();
  const millis: number[] = [];
  try {
    const page = await browser.newPage();
    for (let turn = 0; turn <= RUNS; turn++) {
      const started = performance.now();
      const args = [
        'start',
        '--',
        '--no-open',
        '--ready-json',
        '--port',
        '0',
        '--data',
        folders.data,
        '--workspace',
        folders.workspace,
      ];
      const child = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
      const url = await new Promise<string>((resolve) => {
        createInterface({ input: child.stdout }).on(
          'line',
          (line) => line.startsWith('{') && resolve(JSON.parse(line).url),
        );
      });
      await page.goto(url);
      await page
        .getByRole('button', { name: /exercise/i })
        .first()
        .waitFor();
      if (turn > 0) millis.push(performance.now() - started);
      const ended = new Promise((resolve) => child.once('close', resolve));
      if (child.pid) process.kill(-child.pid, 'SIGTERM');
      await ended;
    }
  } finally {
    await browser.close();
    await folders.remove();
  }
  const value = median(millis);
  return {
    id: 'start',
    title: 'npm start on a warm clone → page usable',
    value,
    unit: 'ms',
    reference: null,
    ratio: null,
    must: `≤ ${MUST_MILLIS} ms`,
    ok: value <= MUST_MILLIS,
    runs: millis,
  };
}
