import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenFleet, openFleet } from '../support/open-fleet.ts';
import { eventually, processesOf } from '../support/processes-of.ts';
import { tinyModule } from '../support/tiny-module.ts';

describe('hostile sources', () => {
  let lab: OpenFleet;
  let kept: NodeJS.ProcessEnv;
  beforeEach(() => {
    kept = { ...process.env };
    lab = openFleet({ toolchain: { buildMillis: 20_000, buildBytes: 400_000_000 } });
  });
  afterEach(async () => {
    process.env = kept;
    await lab.close();
  });
  const build = (changed: Record<string, string>) =>
    lab.toolchain.build({ service: 'tiny', files: tinyModule(changed) });
  const put = (path: string, text: string) => {
    const target = join(lab.dir, path);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, text, { mode: 0o755 });
    return target;
  };

  it('a Go env file, GOFLAGS or a workspace file of the user runs no program in the build', async () => {
    const mark = join(lab.dir, 'ran');
    const tool = put('tool.sh', `#!/bin/sh\ntouch ${mark}\nexec "$@"\n`);
    process.env.GOENV = put('go.env', `GOFLAGS=-toolexec=${tool}\n`);
    process.env.GOFLAGS = `-toolexec=${tool}`;
    process.env.GOWORK = put('go.work', 'go 1.24\n');
    process.env.CC = tool;
    expect(await build({ 'tiny/new.go': `package main // ${Math.random()}\n` })).toMatchObject({ ok: true });
    expect(existsSync(mark)).toBe(false);
  });

  it('cgo is a compile error at its import, and no C compiler is started', async () => {
    const outcome = await build({ 'tiny/c.go': 'package main\n\n// #cgo CFLAGS: -I/etc\nimport "C"\n' });
    expect(outcome).toMatchObject({ ok: false, why: 'compile', errors: [{ file: 'tiny/c.go', line: 4, column: 8 }] });
  });

  it('generate directives are not run', async () => {
    const mark = join(lab.dir, 'ran');
    expect(await build({ 'tiny/gen.go': `package main\n\n//go:generate touch ${mark}\n` })).toMatchObject({ ok: true });
    expect(existsSync(mark)).toBe(false);
  });

  it('embeds files of the sources, and none from elsewhere', async () => {
    const embed = (name: string) => `package main\n\nimport _ "embed"\n\n//go:embed ${name}\nvar text string\n`;
    expect(await build({ 'tiny/e.go': embed('words.txt'), 'tiny/words.txt': 'w\n' })).toMatchObject({ ok: true });
    for (const name of ['../go.mod', '/etc/passwd', 'missing.txt']) {
      expect(await build({ 'tiny/e.go': embed(name) })).toMatchObject({ ok: false, why: 'compile' });
    }
  });

  it('a package from the network is a compile error at its import line', async () => {
    const outcome = await build({ 'tiny/n.go': 'package main\n\nimport _ "github.com/x/y"\n' });
    expect(outcome).toMatchObject({
      ok: false,
      errors: [
        {
          file: 'tiny/n.go',
          line: 3,
          message: expect.stringContaining('no network and builds with the standard library only'),
        },
      ],
    });
  });

  it('what names a place outside is refused before anything is written', async () => {
    const files = tinyModule({ 'tiny/../../out.go': 'package main\n' });
    await expect(lab.toolchain.build({ service: 'tiny', files })).rejects.toMatchObject({ code: 'bad-path' });
    await expect(lab.toolchain.build({ service: '../tiny', files: tinyModule() })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('a compiler that takes more memory than allowed is ended, with all its children, and the lab says why', async () => {
    const outcome = await build({ 'tiny/huge.go': 'package main\n\nvar huge = []int{1<<27: 1}\n' });
    expect(outcome).toMatchObject({
      ok: false,
      why: 'limit',
      errors: [{ file: 'tiny', message: expect.stringContaining('memory') }],
    });
    const session = readdirSync(join(lab.dir, 'processes'))[0]?.replace('.jsonl', '') ?? '';
    await eventually(() => processesOf(session).length === 0);
    expect(readdirSync(join(lab.dir, 'cache/builds')).filter((name) => name.startsWith('work-'))).toEqual([]);
  });

  it('a build shows no path of the machine, neither in errors nor in the program', async () => {
    const failed = await build({ 'tiny/a.go': 'package other\n' });
    expect(JSON.stringify(failed)).not.toContain(lab.dir);
    const binary = await lab.buildTiny();
    expect(readFileSync(binary).includes(lab.dir)).toBe(false);
    expect(execFileSync('go', ['version', '-m', binary], { encoding: 'utf8' })).not.toMatch(/vcs\./);
  });
});
