import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunView } from '../../../protocol/index.ts';
import type { Run } from '../../../server/fleet/index.ts';
import { findProcess, isAlive } from '../../../server/fleet/process-table.ts';
import { type OpenFleet, openFleet } from '../../support/open-fleet.ts';
import { eventually, processesOf } from '../../support/processes-of.ts';

const LIMITS = { graceMillis: 300, readyMillis: 5_000, backoffMillis: 5, restarts: 3, logBytes: 100_000 };

describe('supervisor', () => {
  let lab: OpenFleet;
  let session: string;
  let binary: string;
  const builder = openFleet();
  beforeAll(async () => {
    binary = await builder.buildTiny();
    return () => builder.close();
  });
  const open = (limits = {}) => {
    lab = openFleet({ fleet: { ...LIMITS, ...limits } });
    session = readdirSync(join(lab.dir, 'processes'))[0]?.replace('.jsonl', '') ?? '';
  };
  beforeEach(() => open());
  afterEach(async () => {
    await lab.close();
    expect(processesOf(session)).toEqual([]);
  });

  const start = (mode: string, role: RunView['role'] = 'twin'): Run =>
    lab.supervisor.start({ service: 'tiny', instance: `tiny-${mode}`, version: 'v1', role, binary, args: [mode] });

  it('waits for the ready line and knows the address; stop leaves nothing', async () => {
    const run = start('plain');
    expect(run.view()).toMatchObject({ service: 'tiny', version: 'v1', state: 'starting', reason: null });
    expect(await run.ready).toMatchObject({ ok: true, address: 'http://127.0.0.1:1' });
    expect(run.view().state).toBe('up');
    const row = findProcess(run.pid() ?? 0);
    await run.stop();
    expect(run.view()).toMatchObject({ state: 'stopped', reason: null });
    expect(row !== undefined && isAlive(row)).toBe(false);
  });

  it('tells each change of any run', async () => {
    const seen: string[] = [];
    lab.supervisor.onChange((runs) => seen.push(runs.map((run) => run.state).join()));
    const run = start('plain');
    await run.ready;
    await run.stop();
    expect(seen).toEqual(['starting', 'up', 'stopped']);
  });

  it('says why a program that ends at once is not up, with its last lines', async () => {
    const run = start('exit');
    const reason = 'ended with code 3. Its last lines:\nno stock file';
    expect(await run.ready).toEqual({ ok: false, reason });
    expect(run.view()).toMatchObject({ state: 'failed', reason });
  });

  it('says so when the program is not there', async () => {
    const run = lab.supervisor.start({
      service: 'x',
      instance: 'x',
      version: 'v',
      role: 'twin',
      binary: join(lab.dir, 'nothing'),
    });
    expect(await run.ready).toMatchObject({ ok: false, reason: expect.stringContaining('ENOENT') });
  });

  it('gives up on a program that never gets ready', async () => {
    await lab.close();
    open({ readyMillis: 200 });
    const run = start('mute');
    expect(await run.ready).toEqual({
      ok: false,
      reason: 'was not ready after 0.2 s. Its last lines:\nstill warming up',
    });
    await eventually(() => processesOf(session).length === 0);
  });

  it('restarts a run of the fleet with backoff, then gives up and says why', async () => {
    const states: string[] = [];
    const run = start('crash', 'fleet');
    lab.supervisor.onChange((runs) => states.push(runs[0]?.state ?? ''));
    expect(await run.over).toContain('gave up after 3 restarts in a row; the last time it ended with code 7');
    expect(run.view().state).toBe('failed');
    expect(states.filter((state) => state === 'restarting')).toHaveLength(3);
  });

  it('restarts a run that was killed, at a new pid, and not one that was stopped', async () => {
    const run = start('plain', 'fleet');
    await run.ready;
    const first = run.pid() ?? 0;
    process.kill(first, 'SIGKILL');
    await eventually(() => run.view().state === 'up' && run.pid() !== first);
    await run.stop();
    expect(run.view().state).toBe('stopped');
  });

  it.each(['children', 'setsid', 'orphan', 'deaf'])('ends everything that descends from a run: %s', async (mode) => {
    const run = start(mode);
    expect(await run.ready).toMatchObject({ ok: true });
    const expected = { children: 41, setsid: 2, orphan: 2, deaf: 1 }[mode] ?? 0;
    await eventually(() => processesOf(session).length === expected);
    await run.stop();
    expect(processesOf(session)).toEqual([]);
  });

  it('ends what a run leaves behind when it ends by itself', async () => {
    const run = start('orphan');
    await run.ready;
    await eventually(() => processesOf(session).length === 2);
    process.kill(run.pid() ?? 0, 'SIGKILL');
    await run.over;
    expect(processesOf(session)).toEqual([]);
  });

  it('stops a run with more processes than allowed', async () => {
    await lab.close();
    open({ runProcesses: 20 });
    const run = start('children', 'fleet');
    expect(await run.over).toContain('had 41 processes, the limit is 20');
    expect(run.view().state).toBe('stopped');
  });

  it('stops a run that takes more memory than allowed, and does not start it again', async () => {
    await lab.close();
    open({ runBytes: 80_000_000 });
    const run = start('hog', 'fleet');
    expect(await run.over).toMatch(/^used \d+ MB of memory, the limit is 80 MB/);
    expect(run.view().state).toBe('stopped');
  });

  it('keeps the newest part of a log that never ends, counts the rest, and still answers', async () => {
    const run = start('flood');
    await run.ready;
    await eventually(() => run.log().dropped > 10_000);
    const { text, dropped } = run.log();
    expect(text.length).toBeLessThanOrEqual(100_000);
    expect(Number(/^line (\d+) of/.exec(text)?.[1])).toBe(dropped);
  });

  it('holds only the beginning of a line of 64 MB', async () => {
    const run = start('line');
    await eventually(() => run.log().text.includes('after the line'));
    expect(run.log().text).toMatch(/^x{16384} … 67,092,480 bytes more\nafter the line\n$/);
  });

  it('sends log lines to who watches, in order', async () => {
    const chunks: string[] = [];
    lab.supervisor.onLog(({ run, text, dropped }) => chunks.push(`${run} ${dropped} ${text}`));
    const run = start('exit');
    await run.over;
    expect(chunks).toEqual([`${run.id} 0 no stock file\n`]);
  });

  it('forgets the oldest runs that are over, never one that goes on', async () => {
    await lab.close();
    open({ keptRuns: 2 });
    const going = start('plain');
    await going.ready;
    const over = [start('exit'), start('exit'), start('exit')];
    await Promise.all(over.map((run) => run.over));
    expect(lab.supervisor.views().map((run) => run.run)).toHaveLength(3);
    expect(lab.supervisor.find(going.id)).toBe(going);
  });

  it('gives a service nothing of its own environment but where things are', async () => {
    process.env.FLAMELAB_TEST_SECRET = 'hidden';
    const run = start('environment');
    await run.over;
    delete process.env.FLAMELAB_TEST_SECRET;
    const names = run
      .log()
      .text.trimEnd()
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names).toContain('PATH');
    expect(names).not.toContain('FLAMELAB_TEST_SECRET');
  });
});
