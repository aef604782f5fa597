import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBody, ROUTES, type RouteName } from '../../protocol/index.ts';
import { createApp } from '../../server/http/create-app.ts';
import { type OpenLab, openLab } from '../support/open-lab.ts';
import { createQuietLab } from '../support/quiet-lab.ts';
import { sendRaw } from '../support/send-raw.ts';

let lab: OpenLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const routes = Object.keys(ROUTES) as RouteName[];
const locked = routes.filter((name) => ROUTES[name] !== 'public');
const urlOf = (name: RouteName) => name.slice(name.indexOf(' ') + 1).replace(/:\w+/g, 'x');
const methodOf = (name: RouteName) => name.slice(0, name.indexOf(' '));

/** Sends a request line and headers as they are: fetch would not let a test forge Host or Origin. */
const ask = (line: string, headers: Record<string, string>, body = '') => sendRaw(lab.port, line, headers, body);
const own = () => ({ host: `127.0.0.1:${lab.port}` });

describe('the table of routes', () => {
  it('is what the router has, route for route', () => {
    const app = createApp({
      ...createQuietLab().rooms,
      clock: { now: () => 0, after: () => () => {} },
      log: () => {},
      credentials: lab.credentials,
      clientFolder: '/nowhere',
      linkHelp: '',
      port: () => 0,
      cookieName: () => 'x',
    });
    const found = app.router.stack.flatMap(({ route }) =>
      route === undefined ? [] : methodsOf(route).map((method) => `${method} ${route.path}`),
    );
    expect(found.sort()).toEqual([...routes].sort());
  });

  it.each(locked)('%s without credentials is 401 and reaches no room', async (name) => {
    const before = lab.calls.length;
    const answer = await ask(`${methodOf(name)} ${urlOf(name)}`, { ...own(), 'content-type': 'application/json' });
    expect(answer.status).toBe(401);
    expect(errorBody.parse(JSON.parse(answer.body)).error.code).toBe('unauthorised');
    expect(lab.calls.length).toBe(before);
  });

  it.each(locked)('%s with a wrong token is 401', async (name) => {
    const headers = { ...own(), authorization: 'Bearer wrong', 'content-type': 'application/json' };
    expect((await ask(`${methodOf(name)} ${urlOf(name)}`, headers)).status).toBe(401);
  });

  it('leaves health open, and nothing but ok in it', async () => {
    const answer = await ask('GET /api/health', own());
    expect([answer.status, answer.body]).toEqual([200, '{"ok":true}']);
  });
});

function methodsOf(route: { stack: { method: string }[] }): string[] {
  return [...new Set(route.stack.map(({ method }) => method.toUpperCase()))];
}
