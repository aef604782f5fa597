import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfigFile } from '../../../server/config-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-'));
  file = join(folder, 'lab.json');
});
afterEach(() => rm(folder, { recursive: true }));

const CONFIGS: readonly [name: string, text: string, expected: string][] = [
  ['no JSON', '{"targets": [', 'is not JSON: '],
  ['no object', '[]', ': the file: seen [], expected an object'],
  ['an unknown section', '{"target": []}', ': target: not known here, expected one of targets'],
  ['a missing name', '{"targets":[{"url":"http://127.0.0.1:1"}]}', ': targets[0].name: seen nothing, expected text'],
  [
    'an address of another kind',
    '{"targets":[{"name":"a","url":"ftp://x"}]}',
    ': targets[0].url: "ftp://x" is not an http address',
  ],
  [
    'a wrong interval',
    '{"targets":[{"name":"a","url":"http://127.0.0.1:1","intervalSeconds":"10s"}]}',
    ': targets[0].intervalSeconds: seen "10s", expected a number',
  ],
  [
    'a name given twice',
    '{"targets":[{"name":"a","url":"http://127.0.0.1:1"},{"name":"a","url":"http://127.0.0.1:2"}]}',
    ': targets[1].name: a is the name of targets[0]',
  ],
];

test.each(CONFIGS)(
  'a config file with %s is refused with file, place and expectation',
  async (_name, text, expected) => {
    await writeFile(file, text);
    await expect(loadConfigFile(file)).rejects.toThrow(`${file}${expected.startsWith(':') ? '' : ': '}${expected}`);
  },
);

test('a target may say all that it wishes', async () => {
  const target = {
    name: 'api',
    url: 'http://127.0.0.1:6060',
    labels: { service: 'api' },
    kinds: ['cpu', 'heap'],
    intervalSeconds: 15,
    windowSeconds: 5,
    sampling: { time: 0.2, always: true },
  };
  await writeFile(file, JSON.stringify({ targets: [target] }));
  expect(await loadConfigFile(file)).toEqual({ file, targets: [target] });
});

test('no file is no targets, unless one was named', async () => {
  expect(await loadConfigFile(undefined)).toBeNull();
  await expect(loadConfigFile(file)).rejects.toThrow(`${file}: can't be read (ENOENT)`);
});
