import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenFleet, openFleet } from '../../support/open-fleet.ts';
import { tinyModule } from '../../support/tiny-module.ts';

describe('build', () => {
  let lab: OpenFleet;
  beforeAll(() => {
    lab = openFleet();
  });
  afterAll(() => lab.close());

  it('finds the Go that is installed', async () => {
    const view = await lab.toolchain.probeGo();
    expect(view).toMatchObject({ ok: true, version: expect.stringMatching(/^go1\./), message: null });
  });

  it('builds a state once: the same state again is the same build, from the cache', async () => {
    const first = await lab.toolchain.build({ service: 'tiny', files: tinyModule() });
    const again = await lab.toolchain.build({
      service: 'tiny',
      files: tinyModule({ 'other/x.go': 'package other\n' }),
    });
    if (!first.ok || !again.ok) throw new Error('did not build');
    expect(first.build.id).toMatch(/^[0-9a-f]{16}$/);
    expect(again.build).toMatchObject({ id: first.build.id, binary: first.build.binary, cached: true });
  });

  it('keeps a snapshot of exactly the sources that matter', async () => {
    const files = tinyModule({ 'tiny/extra.go': 'package main\n', 'README.md': 'no' });
    const outcome = await lab.toolchain.build({ service: 'tiny', files });
    if (!outcome.ok) throw new Error(outcome.output);
    expect(readFileSync(join(outcome.build.sources, 'tiny/extra.go'), 'utf8')).toBe('package main\n');
    expect(() => readFileSync(join(outcome.build.sources, 'README.md'))).toThrow();
  });

  it('gives a compile error as data', async () => {
    const files = tinyModule({
      'tiny/extra.go': 'package main\n\nfunc broken() int {\n\treturn "x" + undefinedName\n}\n',
    });
    const outcome = await lab.toolchain.build({ service: 'tiny', files });
    expect(outcome).toMatchObject({ ok: false, why: 'compile' });
    expect(outcome.ok || outcome.errors).toContainEqual({
      file: 'tiny/extra.go',
      line: 4,
      column: 15,
      message: 'undefined: undefinedName',
    });
  });

  it('formats by gofmt, and says where a text does not parse', async () => {
    expect(await lab.toolchain.format('package x\nvar  a=1\n')).toEqual({ ok: true, text: 'package x\n\nvar a = 1\n' });
    const refused = await lab.toolchain.format('package x\n\nfunc {\n', 'tiny/x.go');
    expect(refused).toMatchObject({ ok: false, errors: [{ file: 'tiny/x.go', line: 3, column: 6 }] });
  });
});
