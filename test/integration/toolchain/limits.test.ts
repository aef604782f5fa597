import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FleetSettings, type OpenFleet, openFleet } from '../../support/open-fleet.ts';
import { tinyModule } from '../../support/tiny-module.ts';

describe('toolchain', () => {
  let lab: OpenFleet;
  const open = (settings: FleetSettings = {}) => {
    lab = openFleet(settings);
    return lab.toolchain;
  };
  afterEach(() => lab.close());
  const version = (n: number) => tinyModule({ 'tiny/n.go': `package main\n\nconst n = ${n}\n` });

  it('says that Go is missing, and what to do, and throws go-missing for what needs it', async () => {
    const toolchain = open({ goCommand: 'no-such-go' });
    const view = await toolchain.probeGo();
    expect(view).toMatchObject({ ok: false, version: null });
    expect(view.message).toMatch(/not found.*(https:\/\/go.dev\/dl\/|add its folder to PATH)/s);
    await expect(toolchain.build({ service: 'tiny', files: tinyModule() })).rejects.toMatchObject({
      code: 'go-missing',
    });
  });

  it('says which Go is too old', async () => {
    open();
    const old = join(lab.dir, 'old-go');
    writeFileSync(old, '#!/bin/sh\nprintf "go1.22.1\\n/opt/go\\n/tmp\\n"\n', { mode: 0o755 });
    const { toolchain, close } = openFleet({ goCommand: old });
    const view = await toolchain.probeGo();
    await close();
    expect(view).toMatchObject({
      ok: false,
      version: 'go1.22.1',
      message: expect.stringContaining('go1.22.1 in /opt/go'),
    });
  });

  it.each(['probed', 'not yet probed'])('a newer save cancels the builds of the older ones (Go %s)', async (go) => {
    const toolchain = open();
    if (go === 'probed') await toolchain.probeGo();
    const { signal } = new AbortController();
    const older = Array.from({ length: 8 }, (_, n) => toolchain.build({ service: 'tiny', files: version(n), signal }));
    const newest = toolchain.build({ service: 'tiny', files: version(8), signal });
    for (const outcome of await Promise.all(older)) expect(outcome).toMatchObject({ ok: false, why: 'cancelled' });
    expect(await newest).toMatchObject({ ok: true });
  });

  it('a build that takes too long is ended and says so', async () => {
    const toolchain = open({ toolchain: { buildMillis: 1 } });
    const outcome = await toolchain.build({ service: 'tiny', files: version(3) });
    expect(outcome).toMatchObject({
      ok: false,
      why: 'time',
      errors: [{ message: expect.stringContaining('longer than 0.001 s') }],
    });
  });

  it('throws out the least recently used builds beyond the limit, never a pinned one', async () => {
    const toolchain = open({ toolchain: { cacheBytes: 5_000_000 } });
    const ids: string[] = [];
    for (const n of [1, 2, 3]) {
      const outcome = await toolchain.build({ service: 'tiny', files: version(n) });
      if (!outcome.ok) throw new Error(outcome.output);
      ids.push(outcome.build.id);
      if (n === 1) toolchain.pin(outcome.build.id);
    }
    await toolchain.trim();
    expect(readdirSync(join(lab.dir, 'cache/builds')).sort()).toEqual([ids[0], ids[2]].sort());
  });

  it('runs tests, benchmarks and race tests of a snapshot with their output', async () => {
    const toolchain = open();
    const test = `package main\n\nimport "testing"\n\nfunc TestSum(t *testing.T) { t.Log("summed") }\n\nfunc BenchmarkSum(b *testing.B) { for b.Loop() {} }\n`;
    const outcome = await toolchain.build({ service: 'tiny', files: tinyModule({ 'tiny/sum_test.go': test }) });
    if (!outcome.ok) throw new Error(outcome.output);
    const run = async (kind: 'test' | 'bench' | 'race') => {
      let output = '';
      const task = await toolchain.startGoTask({
        dir: outcome.build.sources,
        service: 'tiny',
        run: kind,
        onOutput: (text) => {
          output += text;
        },
      });
      return { ...task, output };
    };
    expect(await run('test')).toMatchObject({
      exit: 0,
      outcome: 'done',
      output: expect.stringContaining('--- PASS: TestSum'),
    });
    expect(await run('bench')).toMatchObject({ exit: 0, output: expect.stringMatching(/BenchmarkSum.*ns\/op.*B\/op/) });
    const race = await run('race');
    expect(race.outcome === 'no-compiler' || race.exit === 0).toBe(true);
    expect(existsSync(join(lab.dir, 'cache/tmp')) && readdirSync(join(lab.dir, 'cache/tmp'))).toEqual([]);
  });

  it('ends a test that never ends when it is cancelled', async () => {
    const toolchain = open();
    const test =
      'package main\n\nimport ("testing"; "time")\n\nfunc TestHang(t *testing.T) { println("hanging"); time.Sleep(time.Hour) }\n';
    const outcome = await toolchain.build({ service: 'tiny', files: tinyModule({ 'tiny/hang_test.go': test }) });
    if (!outcome.ok) throw new Error(outcome.output);
    const cancel = new AbortController();
    const task = await toolchain.startGoTask({
      dir: outcome.build.sources,
      service: 'tiny',
      run: 'test',
      onOutput: (text) => void (text.includes('hanging') && cancel.abort()),
      signal: cancel.signal,
    });
    expect(task).toMatchObject({ exit: null, outcome: 'cancelled' });
  });
});
