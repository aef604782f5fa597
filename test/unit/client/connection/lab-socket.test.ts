import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { afterEach, expect, test } from 'vitest';
import { createLabSocket, type LabSocketOptions } from '../../../../client/connection/index.ts';
import { labStateWith } from '../../../support/lab-state.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A real socket.io server, and a page's socket connected to it. */
async function connect(options: LabSocketOptions = {}) {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'] });
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
  stops.push(() => io.close());
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const connected = new Promise<Socket>((resolve) => io.on('connection', resolve));
  const socket = createLabSocket({ url: `http://127.0.0.1:${port}`, ...options });
  stops.push(() => socket.close());
  return { io, socket, server: await connected };
}

test('a message arrives parsed, without what the protocol doesn’t know', async () => {
  const { socket, server } = await connect();
  const heard = new Promise((resolve) => socket.on('terminal:exited', resolve));
  server.emit('terminal:exited', { terminal: 't', exit: 0, more: 1 });
  await expect(heard).resolves.toEqual({ terminal: 't', exit: 0 });
});

test('a malformed message is dropped and reported; the next good one still arrives', async () => {
  const unreadable: string[] = [];
  const { socket, server } = await connect({ onUnreadable: (event) => unreadable.push(event) });
  const heard = new Promise((resolve) => socket.on('terminal:exited', resolve));
  server.emit('terminal:exited', { terminal: 7 });
  server.emit('terminal:exited', { terminal: 'good', exit: null });
  await expect(heard).resolves.toMatchObject({ terminal: 'good' });
  expect(unreadable).toEqual(['terminal:exited']);
});

test('a state of another protocol is reported with its number, whatever its form', async () => {
  const states: unknown[] = [];
  let report: (protocol: number) => void = () => {};
  const reported = new Promise<number>((resolve) => {
    report = resolve;
  });
  const { socket, server } = await connect({ onOtherProtocol: (protocol) => report(protocol) });
  socket.on('lab:changed', (state) => states.push(state));
  server.emit('lab:changed', { protocol: 2, shape: 'unknown' });
  await expect(reported).resolves.toBe(2);
  const own = new Promise((resolve) => socket.on('lab:changed', resolve));
  server.emit('lab:changed', labStateWith());
  await expect(own).resolves.toMatchObject({ server: 'server-a' });
  expect(states).toHaveLength(1);
});

test('a lost connection is told, and comes back by itself', async () => {
  const { socket, server } = await connect();
  const statuses: string[] = [];
  const back = new Promise<void>((resolve) => {
    socket.onStatus((status) => {
      statuses.push(status);
      if (status === 'live' && statuses.includes('lost')) resolve();
    });
  });
  server.conn.close();
  await back;
  expect(statuses.filter((status) => status !== 'live')[0]).toBe('lost');
  expect(statuses.at(-1)).toBe('live');
});

test('what the page sends carries the event’s own form', async () => {
  const { socket, server } = await connect();
  const typed = new Promise((resolve) => server.on('terminal:type', resolve));
  socket.send('terminal:type', { terminal: 't', text: 'ls\r' });
  await expect(typed).resolves.toEqual({ terminal: 't', text: 'ls\r' });
});
