import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { connect, type Socket as NetSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serverEvents } from '../../../protocol/index.ts';
import { systemClock } from '../../../server/clock.ts';
import { createTerminals, type Terminals } from '../../../server/terminal/index.ts';
import { emptyState, type OpenLab, openLab } from '../../support/open-lab.ts';
import { createScreen } from '../../support/screen.ts';

let folder: string;
let terminals: Terminals;
let lab: OpenLab;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'flamelab-hub-')));
  terminals = createTerminals({
    clock: systemClock,
    folder,
    environment: { PATH: process.env.PATH, HOME: folder, SHELL: '/bin/sh' },
    path: [],
    mark: `hub${process.pid}`,
    log: () => {},
  });
  lab = await openLab({ terminals });
});
afterEach(async () => {
  await lab.close();
  await terminals.close();
  await rm(folder, { recursive: true });
});

const heard = (socket: Socket, event: string) => new Promise<unknown>((resolve) => socket.once(event, resolve));

async function enterLab(): Promise<Socket> {
  const socket = lab.connect(lab.bearer);
  await heard(socket, 'connect');
  return socket;
}

/** The page's side of a terminal: draws what comes and says so. */
function screenOf(socket: Socket, terminal: string) {
  const screen = createScreen();
  socket.on('terminal:written', (raw) => {
    const { text } = serverEvents['terminal:written'].parse(raw);
    screen.listener.written(text);
    socket.emit('terminal:drain', { terminal, characters: text.length });
  });
  socket.on('terminal:exited', (raw) => screen.listener.exited(serverEvents['terminal:exited'].parse(raw).exit));
  return screen;
}

describe('a page', () => {
  it('gets the newest of many states, and every event', async () => {
    const socket = await enterLab();
    const states: number[] = [];
    const newest = new Promise<void>((resolve) => {
      socket.on('lab:changed', (raw) => {
        states.push(serverEvents['lab:changed'].parse(raw).revision);
        if (states.at(-1) === 500) resolve();
      });
    });
    for (let revision = 1; revision <= 500; revision++) lab.hub.publishLab(emptyState(revision));
    await newest;
    expect(states).toEqual([1, 500]);
    const ended = heard(socket, 'task:ended');
    lab.hub.publish('task:ended', { task: 't', exit: 0 });
    expect(await ended).toEqual({ task: 't', exit: 0 });
  });

  it('that floods is cut, and another one does not notice', async () => {
    const [good, bad] = [await enterLab(), await enterLab()];
    const cut = heard(bad, 'disconnect');
    for (let i = 0; i < 100; i++) bad.emit('terminal:close', { terminal: 'a' });
    await cut;
    const ended = heard(good, 'task:ended');
    lab.hub.publish('task:ended', { task: 't', exit: null });
    expect(await ended).toEqual({ task: 't', exit: null });
  });

  it('that sends a frame of more than 16 KB is cut', async () => {
    const socket = await enterLab();
    const cut = heard(socket, 'disconnect');
    socket.emit('terminal:close', { terminal: 'a'.repeat(16 * 1024) });
    await cut;
  });

  it('that reads nothing is cut when 1 MB waits for it', async () => {
    const stalled = await openStalled(lab);
    const gone = new Promise((resolve) => stalled.once('close', resolve));
    const text = 'x'.repeat(100_000);
    const good = await enterLab();
    for (let i = 0; i < 400 && lab.hub.viewers() > 1; i++) {
      const read = heard(good, 'log:appended');
      lab.hub.publish('log:appended', { run: 'r', text, dropped: 0 });
      await read;
    }
    expect(lab.hub.viewers()).toBe(1);
    stalled.resume();
    await gone;
  });
});

describe('a terminal over the socket', () => {
  it('answers Ctrl-C in a flood, then ends with its page', async () => {
    const socket = await enterLab();
    const screen = screenOf(socket, 'main');
    socket.emit('terminal:open', { terminal: 'main', cols: 80, rows: 24 });
    socket.emit('terminal:type', { terminal: 'main', text: "PS1='ready> '; echo pid-$$-\r" });
    await screen.until(/pid-\d+-/);
    const pid = Number(/pid-(\d+)-/.exec(screen.text())?.[1]);
    socket.emit('terminal:type', { terminal: 'main', text: 'yes\r' });
    await screen.until('y\r\ny\r\n');
    screen.clear();
    socket.emit('terminal:type', { terminal: 'main', text: '\x03' });
    await screen.until('ready> ');
    socket.close();
    await terminals.close();
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('beyond the eighth is refused in words', async () => {
    const socket = await enterLab();
    const texts: string[] = [];
    socket.on('terminal:written', ({ terminal, text }) => {
      if (terminal === 't8') texts.push(text);
    });
    const refused = new Promise<unknown>((resolve) => {
      socket.on('terminal:exited', (raw) => raw.terminal === 't8' && resolve(raw));
    });
    for (let i = 0; i < 9; i++) socket.emit('terminal:open', { terminal: `t${i}`, cols: 80, rows: 24 });
    expect(await refused).toEqual({ terminal: 't8', exit: null });
    expect(texts.join()).toContain('8 terminals are open');
  });

  it('can’t be typed into by another page', async () => {
    const [owner, other] = [await enterLab(), await enterLab()];
    const screen = screenOf(owner, 'main');
    owner.emit('terminal:open', { terminal: 'main', cols: 80, rows: 24 });
    owner.emit('terminal:type', { terminal: 'main', text: 'echo one-$((40+2))\r' });
    await screen.until('one-42');
    other.emit('terminal:type', { terminal: 'main', text: 'echo intruder\r' });
    other.emit('terminal:close', { terminal: 'main' });
    owner.emit('terminal:type', { terminal: 'main', text: 'echo two-$((40+2))\r' });
    await screen.until('two-42');
    expect(screen.text()).not.toContain('intruder');
  });
});

/** A websocket that has joined and then reads nothing more. */
function openStalled(lab: OpenLab): Promise<NetSocket> {
  return new Promise((resolve) => {
    const socket = connect(lab.port, '127.0.0.1', () => {
      const head = [
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
        `host: 127.0.0.1:${lab.port}`,
        `authorization: ${lab.bearer.authorization}`,
        'connection: Upgrade',
        'upgrade: websocket',
        'sec-websocket-version: 13',
        'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
    });
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      // Engine.IO's "0{…}" opens the transport; "40" joins the namespace and is answered by "40{…}" (masked by a key of zeros).
      if (text.endsWith('}') && !text.includes('40{')) socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]));
      if (!text.includes('40{')) return;
      socket.pause();
      socket.removeAllListeners('data');
      resolve(socket);
    });
  });
}
