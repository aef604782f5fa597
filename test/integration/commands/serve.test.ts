import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routeAnswers } from '../../../protocol/index.ts';
import { createFolders, runFlamelab, type ServedLab, serveLab, until, withPath } from '../../support/run-flamelab.ts';

const run = promisify(execFile);
let lab: ServedLab;
let remove: () => Promise<void>;

beforeAll(async () => {
  const folders = await createFolders();
  remove = folders.remove;
  lab = await serveLab(folders);
});

afterAll(async () => {
  await lab.stop();
  await remove();
});

test('the fleet starts by itself and is collected: all its targets are up', async () => {
  const targets = await until(
    async () => routeAnswers['GET /api/targets'].parse((await lab.ask('/api/targets')).body).targets,
    (all) => all.filter((target) => target.health === 'up').length >= 7,
  );
  expect(targets.map((target) => target.labels.service)).toEqual(
    expect.arrayContaining(['search', 'reports', 'catalog', 'checkout', 'gateway', 'notify']),
  );
});

test('profiles can be asked for by service, and go tool pprof reads them with a key', async () => {
  const match = encodeURIComponent('{service="search"}');
  const graph = await until(
    () => lab.ask(`/api/flamegraph?kind=cpu&match=${match}`),
    ({ status, body }) => status === 200 && (body as { total: number }).total > 0,
  );
  expect(graph.body).toMatchObject({ unit: 'nanoseconds' });
  const { body } = await lab.ask('/api/keys', { method: 'POST', body: { query: `kind=cpu&match=${match}` } });
  const { command } = routeAnswers['POST /api/keys'].parse(body);
  const address = /"(.*)"/.exec(command)?.[1] ?? '';
  const { stdout } = await run('go', ['tool', 'pprof', '-top', '-symbolize=none', address]);
  expect(stdout).toContain('Type: cpu');
});

test('a Go that is too old: the lab starts, and says in its terminal and to the page what to do', async () => {
  const folders = await createFolders();
  const bin = join(folders.data, '..', 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'go'), "#!/bin/sh\nprintf 'go1.22.3\\n/opt/go\\n/tmp/go-build\\n'\n", { mode: 0o755 });
  const old = await withPath(bin, () => serveLab(folders));
  const fix = /found go1\.22\.3 in \/opt\/go, which is too old: install Go 1\.24 or newer/;
  const { body } = await until(
    () => old.ask('/api/lab'),
    (answer) => fix.test(JSON.stringify(answer.body)),
  );
  expect(body).toMatchObject({ go: { ok: false, version: 'go1.22.3' } });
  expect(old.stderr()).toMatch(fix);
  expect((await old.ask('/api/exercises')).status).toBe(200);
  await old.stop();
  await folders.remove();
});

test('a port that is taken: the next free one, said plainly', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const taken = (holder.address() as { port: number }).port;
  const folders = await createFolders();
  const other = await serveLab(folders, '--port', String(taken));
  expect(other.port).toBeGreaterThan(taken);
  expect(other.stderr()).toContain(`Port ${taken} is taken`);
  await other.stop();
  holder.close();
  await folders.remove();
});

test('a second lab on the same data folder is refused with exit 2, and the first goes on', async () => {
  const second = await runFlamelab(
    'serve',
    '--no-open',
    '--port',
    '0',
    '--data',
    lab.data,
    '--workspace',
    lab.workspace,
  );
  expect(second.exit).toBe(2);
  expect(second.stderr).toContain('in use');
  expect((await lab.ask('/api/kinds')).status).toBe(200);
});

test('an address beyond loopback without --class: exit 2', async () => {
  const { exit, stderr } = await runFlamelab('serve', '--host', '0.0.0.0', '--no-open');
  expect(exit).toBe(2);
  expect(stderr).toContain('--class');
});

test('after a kill -9 nothing is left, and a start on the same data folder works', async () => {
  const folders = await createFolders();
  const doomed = await serveLab(folders);
  await until(
    async () => processesOf(folders.data),
    (processes) => processes.length >= 3,
  );
  doomed.child.kill('SIGKILL');
  await until(
    async () => processesOf(folders.data),
    (processes) => processes.length === 0,
  );
  const again = await serveLab(folders);
  expect((await again.ask('/api/lab')).status).toBe(200);
  await again.stop();
  expect(processesOf(folders.data)).toEqual([]);
  await folders.remove();
});

/** Command lines of processes whose program or arguments lie in a folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.startsWith(folder));
}
