import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientEvents, errorBody } from '../../protocol/index.ts';
import { EVENT_ROLES } from '../../server/socket/event-roles.ts';
import { emptyState, type OpenLab, openLab } from '../support/open-lab.ts';
import { sendRaw } from '../support/send-raw.ts';

let lab: OpenLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const upgrade = (path: string, headers: Record<string, string>) =>
  sendRaw(lab.port, `GET ${path}`, {
    host: `127.0.0.1:${lab.port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  });
const LIVE = '/socket.io/?EIO=4&transport=websocket';
const ownOrigin = () => `http://127.0.0.1:${lab.port}`;
const connected = (socket: Socket) =>
  new Promise<'connected' | 'refused'>((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', () => resolve('refused'));
  });

describe('an upgrade', () => {
  it('without a session is answered 401', async () => {
    const answer = await upgrade(LIVE, { origin: ownOrigin() });
    expect([answer.status, errorBody.parse(JSON.parse(answer.body)).error.code]).toEqual([401, 'unauthorised']);
    expect(answer.head).toMatch(/^content-type: application\/json/im);
  });

  it('from a foreign page is answered 403, session or not', async () => {
    const cookie = await lab.enter();
    for (const origin of ['http://evil.example', 'null', `${ownOrigin()}.evil.example`, `${ownOrigin()}0`]) {
      expect((await upgrade(LIVE, { origin, cookie })).status).toBe(403);
    }
  });

  it('with a session but without an Origin is answered 403', async () => {
    expect((await upgrade(LIVE, { cookie: await lab.enter() })).status).toBe(403);
  });

  it('to a foreign Host is answered 421', async () => {
    const headers = { ...lab.bearer, host: `evil.example:${lab.port}` };
    expect((await upgrade(LIVE, headers)).status).toBe(421);
  });

  it.each([
    '/',
    '/socket.io',
    '/socket.io/x',
    '/Socket.io/',
    '/ws',
    '/api/lab',
    '/api/health',
    '/open/x',
    '/socket.io/../',
  ])('to %s meets the same gate, then is answered 404', async (path) => {
    expect((await upgrade(path, { origin: 'http://evil.example' })).status).toBe(403);
    expect([401, 403, 404]).toContain((await upgrade(path, {})).status);
    expect((await upgrade(path, lab.bearer)).status).toBe(path === '/api/health' || path === '/open/x' ? 403 : 404);
  });

  it('with a key is refused: a key reads one route', async () => {
    const { key } = lab.credentials.newKey();
    expect((await upgrade(`${LIVE}&key=${key}`, { origin: ownOrigin() })).status).toBe(401);
  });

  it('that names a sid is answered 400, so nobody takes over a connection', async () => {
    const answer = await upgrade(`${LIVE}&sid=abc`, lab.bearer);
    expect(answer.status).toBe(400);
  });

  it('by polling has no route at all', async () => {
    const answer = await fetch(`${lab.url}/socket.io/?EIO=4&transport=polling`, { headers: lab.bearer });
    expect(answer.status).toBe(404);
  });
});

describe('a live connection', () => {
  it('opens with session and origin, gets the newest state, and ends when the session is revoked', async () => {
    lab.hub.publishLab(emptyState(42));
    const cookie = await lab.enter();
    const socket = lab.connect({ cookie, origin: ownOrigin() });
    const state = new Promise((resolve) => socket.once('lab:changed', resolve));
    expect(await connected(socket)).toBe('connected');
    expect(await state).toMatchObject({ revision: 42 });
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    const session = lab.credentials.findSession(cookie.slice(cookie.indexOf('=') + 1));
    lab.credentials.revokeSession(session ?? '');
    await gone;
    expect(await connected(socket.connect())).toBe('refused');
  });

  it('has a role for every event of the table', () => {
    expect(Object.keys(EVENT_ROLES).sort()).toEqual(Object.keys(clientEvents).sort());
  });
});
