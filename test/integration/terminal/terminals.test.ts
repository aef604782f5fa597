import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/clock.ts';
import { createTerminals, type Terminal, type Terminals } from '../../../server/terminal/index.ts';
import { createScreen, type Screen } from '../../support/screen.ts';

const PROMPT = 'ready> ';

let folder: string;
let terminals: Terminals;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'flamelab-terminal-')));
  terminals = createTerminals({
    clock: systemClock,
    folder,
    environment: { PATH: process.env.PATH, HOME: folder, SHELL: '/bin/sh', FLAMELAB_TOKEN: 'secret', LC_ALL: 'C' },
    path: ['/opt/flamelab/bin'],
    mark: `test${process.pid}`,
    log: () => {},
  });
});
afterEach(async () => {
  await terminals.close();
  await rm(folder, { recursive: true });
});

interface Opened {
  readonly shell: Terminal;
  readonly screen: Screen;
}

/** A shell that has shown its prompt; its output is drawn as it comes. */
async function openShell(): Promise<Opened> {
  const screen = createScreen();
  const shell = terminals.open({ cols: 80, rows: 24 }, screen.listener);
  screen.onText((text) => shell.drain(text.length));
  shell.type(`PS1='${PROMPT}'; printf 'a%s\\n' b\r`);
  await screen.until(/ab\r\n/);
  await screen.until(PROMPT);
  return { shell, screen };
}

async function outputOf({ shell, screen }: Opened, command: string): Promise<string> {
  screen.clear();
  shell.type(`${command}; echo end-of-$((40+2))\r`);
  await screen.until('end-of-42');
  const text = screen.text();
  return text.slice(text.indexOf('\r\n') + 2, text.indexOf('end-of-42'));
}

/** A zombie has ended; where pid 1 doesn't collect orphans it stays listed. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a terminal', () => {
  it('starts in the workspace with its tools in PATH and none of the lab’s secrets', async () => {
    const opened = await openShell();
    expect(await outputOf(opened, 'pwd')).toBe(`${folder}\r\n`);
    expect(await outputOf(opened, 'echo $PATH')).toMatch(/^\/opt\/flamelab\/bin:/);
    expect(await outputOf(opened, 'env')).not.toContain('secret');
  });

  it('tells programs its size, and the new one after a resize', async () => {
    const opened = await openShell();
    expect(await outputOf(opened, 'stty size')).toBe('24 80\r\n');
    opened.shell.resize({ cols: 120, rows: 40 });
    expect(await outputOf(opened, 'stty size')).toBe('40 120\r\n');
  });

  it('says how its shell ended', async () => {
    const { shell, screen } = await openShell();
    shell.type('exit 3\r');
    expect(await screen.exited).toBe(3);
  });

  it('answers Ctrl-C in the middle of a flood', async () => {
    const { shell, screen } = await openShell();
    screen.clear();
    shell.type('yes\r');
    await screen.until('y\r\ny\r\ny\r\n');
    screen.clear();
    shell.type('\x03');
    await screen.until(PROMPT);
  });

  it('waits for a page that draws nothing, and goes on when it does', async () => {
    const screen = createScreen();
    const shell = terminals.open({ cols: 80, rows: 24 }, screen.listener);
    shell.type('yes | head -c 3000000; echo done-$((40+2))\r');
    await screen.until((text) => text.length > 100_000);
    expect(screen.text()).not.toContain('done-42');
    const stalledAt = screen.text().length;
    expect(stalledAt).toBeLessThan(400_000);
    screen.onText((text) => shell.drain(text.length));
    shell.drain(stalledAt);
    await screen.until('done-42');
    expect(screen.text().length).toBeGreaterThan(3_000_000);
  });

  it.runIf(process.platform === 'linux')(
    'takes everything with it that it started, wherever that has gone',
    async () => {
      const opened = await openShell();
      const job = 'sh -c \'trap "" HUP TERM; while :; do sleep 1000; done\'';
      const pids = await outputOf(opened, `${job} & echo $!; setsid ${job} & (setsid ${job} & echo $!)`);
      const started = [...pids.matchAll(/^(\d+)\r$/gm)].map(([, pid]) => Number(pid));
      expect(started.length).toBeGreaterThanOrEqual(2);
      expect(started.every(isAlive)).toBe(true);
      await opened.shell.close();
      expect(started.filter(isAlive)).toEqual([]);
    },
  );

  it('can be closed in the moment it was opened, and takes nobody else with it', async () => {
    const bystander = spawn('sleep', ['1000']);
    for (let i = 0; i < 5; i++) await terminals.open({ cols: 80, rows: 24 }, createScreen().listener).close();
    expect(isAlive(bystander.pid ?? 0)).toBe(true);
    bystander.kill();
  });

  it('is refused when eight are open, and possible again when one has closed', async () => {
    const shells = Array.from({ length: 8 }, () => terminals.open({ cols: 80, rows: 24 }, createScreen().listener));
    const another = () => terminals.open({ cols: 80, rows: 24 }, createScreen().listener);
    expect(another).toThrow(/8 terminals are open/);
    await shells[0]?.close();
    expect(another).not.toThrow();
  });
});
