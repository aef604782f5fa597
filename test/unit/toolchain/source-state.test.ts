import { describe, expect, it } from 'vitest';
import { modFileProblem } from '../../../server/toolchain/mod-file.ts';
import { buildId, checkName, sourcesOf } from '../../../server/toolchain/source-state.ts';

const files = (contents: Record<string, string>) =>
  new Map(Object.entries(contents).map(([name, text]) => [name, new TextEncoder().encode(text)]));

const STATE = {
  'go.mod': 'module bazaar\n',
  'internal/serve/serve.go': 'package serve\n',
  'search/main.go': 'package main\nimport "bazaar/pricing"\n',
  'search/words.txt': 'embedded\n',
  'pricing/pricing.go': 'package pricing\nimport "bazaar/money/euro"\n',
  'money/euro/euro.go': 'package euro\n',
  'reports/main.go': 'package main\n',
  'load/main.go': 'package main\n',
  'notes.txt': 'x',
};

describe('the sources of a service', () => {
  it('are its folder, internal, what those import, and go.mod', () => {
    expect([...sourcesOf('search', files(STATE)).keys()]).toEqual([
      'go.mod',
      'internal/serve/serve.go',
      'money/euro/euro.go',
      'pricing/pricing.go',
      'search/main.go',
      'search/words.txt',
    ]);
    expect([...sourcesOf('load', files(STATE)).keys()]).toEqual(['go.mod', 'internal/serve/serve.go', 'load/main.go']);
  });

  const id = (state: Record<string, string>, parts = {}) =>
    buildId(
      { version: 'go1.26.8', flags: ['-trimpath'], service: 'search', ...parts },
      sourcesOf('search', files(state)),
    );

  it('name the build: other services and the order of files do not matter, all else does', () => {
    const same = id(STATE);
    expect(same).toMatch(/^[0-9a-f]{16}$/);
    expect(id(Object.fromEntries(Object.entries({ ...STATE, 'reports/main.go': 'changed' }).reverse()))).toBe(same);
    const others = [
      id({ ...STATE, 'search/words.txt': 'changed\n' }),
      id({ ...STATE, 'internal/serve/serve.go': 'package serve // 2\n' }),
      id({ ...STATE, 'go.mod': 'module bazaar // 2\n' }),
      id(STATE, { version: 'go1.27' }),
      id(STATE, { flags: ['-race'] }),
    ];
    expect(new Set([same, ...others]).size).toBe(6);
  });

  it('can not be shifted between name and content', () => {
    const one = id({ 'go.mod': '', 'search/a.go': 'b', 'search/c.go': '' });
    expect(id({ 'go.mod': '', 'search/a.go': '', 'search/c.go': 'b' })).not.toBe(one);
  });

  it.each(['../x.go', 'a/../../x', '/x', 'C:/x', 'a\\b', 'a//b', 'a\0', ''])('refuse %j as a name', (name) => {
    expect(() => checkName(name)).toThrow(expect.objectContaining({ code: 'bad-path' }));
  });
});

describe('go.mod', () => {
  const installed = files({ 'go.mod': 'module bazaar\n\ngo 1.24\n' });
  it('is fine as installed, with other line ends too', () => {
    expect(modFileProblem(installed, installed)).toBeNull();
    expect(modFileProblem(files({ 'go.mod': 'module bazaar\r\n\r\ngo 1.24\r\n' }), installed)).toBeNull();
  });

  it('is refused at the line that differs, or when it is gone', () => {
    const replaced = files({ 'go.mod': 'module bazaar\n\ngo 1.24\n\nreplace x => ../outside\n' });
    expect(modFileProblem(replaced, installed)).toMatchObject({ file: 'go.mod', line: 4 });
    expect(modFileProblem(files({ 'go.mod': 'module bazaar\n' }), installed)).toMatchObject({ line: 1 });
    expect(modFileProblem(files({}), installed)).toMatchObject({ line: null });
  });
});
