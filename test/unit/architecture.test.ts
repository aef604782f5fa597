import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * ARCHITECTURE.md's table of rooms, held against the import lines. `+type` allows `import type` only: http, socket and lab
 * speak to rooms by interface. profile-views is made of flame graphs and of the editor's reader, the only panels in panels.
 */
const SERVER: Record<string, string[]> = {
  profile: ['errors', 'clock'],
  store: ['errors', 'clock', 'turns', 'profile'],
  export: ['errors'],
  collector: ['errors', 'clock', 'profile'],
  toolchain: ['errors', 'clock'],
  fleet: ['errors', 'clock'],
  workspace: ['errors', 'clock', 'turns'],
  course: ['errors', 'clock', 'profile'],
  terminal: ['errors', 'clock'],
  language: ['errors', 'clock'],
  traces: ['errors', 'clock', 'turns'],
  lab: ['errors', 'clock', 'turns', 'profile', 'course', 'collector+type', 'http+type'],
  http: ['errors', 'clock', 'profile', 'store+type'],
  socket: ['errors', 'clock', 'http', 'terminal+type'],
};
const CLIENT: Record<string, string[]> = {
  connection: [],
  state: ['connection+type', 'state'],
  ui: [],
  'flame-graph': ['state', 'ui'],
  'profile-views': ['connection+type', 'state', 'ui', 'flame-graph', 'editor'],
  timeline: ['state', 'ui'],
  editor: ['state', 'ui'],
  terminal: ['state', 'ui'],
  course: ['state', 'ui'],
  verdict: ['state', 'ui'],
  progress: ['state', 'ui', 'course', 'verdict'],
  chapters: ['state', 'ui', 'course', 'flame-graph', 'timeline', 'verdict'],
  'take-home': ['state', 'ui'],
  // A page of its own, with the colours of the lab's graph.
  'graph-page': ['flame-graph', 'ui'],
  fleet: ['state', 'ui'],
  targets: ['state', 'ui'],
  traces: ['state', 'ui'],
  explore: ['connection+type', 'state', 'ui', 'flame-graph', 'timeline', 'profile-views'],
};

const root = resolve(import.meta.dirname, '..', '..');

test.each(Object.entries(SERVER))('server/%s imports only what the table allows', (room, allowed) => {
  expect(violations('server', room, allowed)).toEqual([]);
});

test.each(Object.entries(CLIENT))('client/%s imports only what the table allows', (room, allowed) => {
  expect(violations('client', room, allowed)).toEqual([]);
});

test('protocol imports nothing of the project', () => {
  const outside = importsOf(join(root, 'protocol')).filter(({ target }) => !target.startsWith('protocol/'));
  expect(outside).toEqual([]);
});

test('every room of the server is in the table', () => {
  const wiring = ['bin', 'commands', 'wiring'];
  const rooms = readdirSync(join(root, 'server'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rooms.map((entry) => entry.name).filter((name) => !wiring.includes(name) && !(name in SERVER))).toEqual([]);
});

function violations(side: string, room: string, allowed: string[]): string[] {
  return importsOf(join(root, side, room))
    .filter(({ target, typeOnly }) => {
      const [top = '', inner = ''] = target.split('/');
      if (top === 'protocol') return false;
      const name = inner.replace(/\.tsx?$/, '');
      if (top !== side) return true;
      return name !== room && !allowed.includes(name) && !(typeOnly && allowed.includes(`${name}+type`));
    })
    .map(({ file, target }) => `${file} imports ${target}`);
}

function importsOf(folder: string): { file: string; target: string; typeOnly: boolean }[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  return names.flatMap((name) => {
    const path = join(folder, name);
    const found = readFileSync(path, 'utf8').matchAll(/^(import|export)\s+(type\s)?[^;]*?from '(\.[^']+)'/gms);
    return [...found].map(([, , typeOnly, target = '']) => ({
      file: relative(root, path),
      target: relative(root, resolve(dirname(path), target)).replaceAll('\\', '/'),
      typeOnly: typeOnly !== undefined,
    }));
  });
}
