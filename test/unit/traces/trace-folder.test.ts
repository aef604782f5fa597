import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTraceFolder } from '../../../server/traces/trace-folder.ts';

let folder: string;
let now: number;
let gone: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-traces-'));
  now = 1_000;
  gone = [];
});
afterEach(() => rm(folder, { recursive: true }));

const about = (instance: string) =>
  ({ service: 'search', instance, version: 'a1', atMillis: now, cause: { why: 'flight' }, cut: false }) as const;
const open = (limits = { traces: 3, bytes: 100 }) =>
  openTraceFolder({ folder, limits, now: () => now++, removed: (id) => gone.push(id) });
const bytes = (length: number) => new Uint8Array(length);
const instances = (traces: readonly { instance: string }[]) => traces.map(({ instance }) => instance);

test('traces outlive the lab, newest first, with the name that a download gets', async () => {
  const first = await open();
  const a = await first.add(bytes(3), about('search 1/ü'));
  await first.add(bytes(4), about('b'));
  const again = await open();
  expect(instances(again.list())).toEqual(['b', 'search 1/ü']);
  expect(again.find(a.id)).toEqual({ ...a, bytes: 3, file: `search-1--${a.id}.trace` });
});

test('beyond the number of traces the least recently used goes, file and all', async () => {
  const traces = await open();
  const a = await traces.add(bytes(1), about('a'));
  const b = await traces.add(bytes(1), about('b'));
  await traces.add(bytes(1), about('c'));
  await traces.touch(a.id);
  await traces.add(bytes(1), about('d'));
  expect(instances(traces.list())).toEqual(['d', 'c', 'a']);
  expect(gone).toEqual([b.id]);
  expect((await readdir(folder)).filter((name) => name.startsWith(b.id))).toEqual([]);
});

test('beyond the bytes as many go as it takes', async () => {
  const traces = await open({ traces: 10, bytes: 100 });
  for (const name of ['a', 'b', 'c']) await traces.add(bytes(33), about(name));
  await traces.add(bytes(50), about('d'));
  expect(instances(traces.list())).toEqual(['d', 'c']);
});

test('what was not finished, and notes that nobody can read, go at the next start; foreign files stay', async () => {
  const first = await open();
  const a = await first.add(bytes(3), about('a'));
  const left = ['0123456789ab.trace', 'ba9876543210.json', '0123456789ab.json.new', 'notes.txt'];
  for (const name of left) await writeFile(join(folder, name), '{');
  expect(instances((await open()).list())).toEqual(['a']);
  expect((await readdir(folder)).sort()).toEqual([`${a.id}.json`, `${a.id}.trace`, 'notes.txt'].sort());
});
