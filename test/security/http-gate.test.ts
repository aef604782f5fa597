import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBody, ROUTES, type RouteName } from '../../protocol/index.ts';
import { createApp } from '../../server/http/create-app.ts';
import { createDirectRoutes } from '../../server/http/direct-routes.ts';
import { type OpenLab, openLab } from '../support/open-lab.ts';
import { createQuietLab } from '../support/quiet-lab.ts';
import { type RawAnswer, sendRaw } from '../support/send-raw.ts';

let lab: OpenLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const routes = Object.keys(ROUTES) as RouteName[];
const locked = routes.filter((name) => ROUTES[name] !== 'public');
const lineOf = (name: RouteName) => name.replace(/:\w+/g, 'x');

/** Sends headers as they are: fetch would not let a test forge Host or Origin. */
const ask = (line: string, headers: Record<string, string> = {}, body = '') =>
  sendRaw(lab.port, line, { host: `127.0.0.1:${lab.port}`, ...headers }, body);
const origin = () => `http://127.0.0.1:${lab.port}`;
const codeOf = (answer: RawAnswer) => errorBody.parse(JSON.parse(answer.body)).error.code;
const JSON_TYPE = { 'content-type': 'application/json' };

describe('the table of routes', () => {
  it('is what the router and the direct routes have, route for route', () => {
    const options = {
      ...createQuietLab().rooms,
      clock: { now: () => 0, after: () => () => {} },
      log: () => {},
      credentials: lab.credentials,
      clientFolder: '/nowhere',
      linkHelp: '',
      port: () => 0,
      cookieName: () => 'x',
    };
    const app = createApp(options);
    const found = app.router.stack.flatMap(({ route }) => {
      if (route === undefined) return [];
      const methods = new Set(route.stack.map(({ method }) => method.toUpperCase()));
      return [...methods].map((method) => `${method} ${route.path}`);
    });
    expect([...found, ...createDirectRoutes(options).keys()].sort()).toEqual([...routes].sort());
  });

  it.each(locked)('%s without credentials is 401 and reaches no room', async (name) => {
    const before = lab.calls.length;
    const answer = await ask(lineOf(name), JSON_TYPE);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'unauthorised']);
    expect(lab.calls.length).toBe(before);
  });

  it.each(locked)('%s with a wrong token, a wrong scheme or a made-up cookie is 401', async (name) => {
    for (const forged of [
      { authorization: 'Bearer wrong' },
      { authorization: `Basic ${lab.credentials.token}` },
      { cookie: `${lab.http.gate.cookieName()}=${lab.credentials.token}` },
      { cookie: `flamelab=${lab.credentials.token}` },
    ]) {
      expect((await ask(lineOf(name), { ...JSON_TYPE, ...forged })).status).toBe(401);
    }
  });

  it.each(routes)('%s of a foreign Host is 421, of a foreign Origin 403, token or not', async (name) => {
    const host = `evil.example:${lab.port}`;
    expect((await ask(lineOf(name), { ...lab.bearer, ...JSON_TYPE, host })).status).toBe(421);
    const foreign = { ...lab.bearer, ...JSON_TYPE, origin: 'http://evil.example' };
    expect((await ask(lineOf(name), foreign)).status).toBe(403);
  });

  it('leaves health open, and nothing but ok in it', async () => {
    const answer = await ask('GET /api/health');
    expect([answer.status, answer.body]).toEqual([200, '{"ok":true}']);
  });
});

describe('Host', () => {
  it.each(['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT'])('%s is ours', async (host) => {
    expect((await ask('GET /api/health', { host: host.replace('PORT', String(lab.port)) })).status).toBe(200);
  });

  it.each([
    '127.0.0.1',
    'localhost',
    'localhost:1',
    'localhost:PORT0',
    'localhost.:PORT',
    'localhost:PORT.evil.example',
    'evil.localhost:PORT',
    '127.0.0.1.evil.example:PORT',
    '0.0.0.0:PORT',
    '127.1:PORT',
    'user@localhost:PORT',
    'localhost:PORT, evil.example',
    '',
  ])('%j is not, even for health', async (host) => {
    const answer = await ask('GET /api/health', { host: host.replace('PORT', String(lab.port)) });
    expect([answer.status, codeOf(answer)]).toEqual([421, 'misdirected']);
  });
});

describe('Origin', () => {
  it('of our own page passes', async () => {
    expect((await ask('GET /api/lab', { ...lab.bearer, origin: origin() })).status).toBe(200);
  });

  it.each([
    'null',
    'http://evil.example',
    'http://127.0.0.1',
    'http://127.0.0.1:PORT0',
    'http://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT.evil.example',
    'http://evil.example/http://127.0.0.1:PORT',
    'http://evil.example#http://127.0.0.1:PORT',
    'http://127.0.0.1:PORT@evil.example',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'HTTP://127.0.0.1:PORT',
    '127.0.0.1:PORT',
    'http://',
    '*',
    '',
  ])('%j is refused', async (text) => {
    const foreign = { ...lab.bearer, origin: text.replace('PORT', String(lab.port)) };
    expect((await ask('GET /api/lab', foreign)).status).toBe(403);
    expect((await ask('GET /api/health', foreign)).status).toBe(403);
  });

  it.each(['cross-site', 'same-site', 'nonsense'])('absent, but Sec-Fetch-Site %s: refused', async (site) => {
    const cookie = await lab.enter();
    expect((await ask('GET /api/lab', { cookie, 'sec-fetch-site': site })).status).toBe(403);
  });

  it.each(['same-origin', 'none'])('absent and Sec-Fetch-Site %s: our own page', async (site) => {
    const cookie = await lab.enter();
    expect((await ask('GET /api/lab', { cookie, 'sec-fetch-site': site })).status).toBe(200);
  });
});

describe('the printed link', () => {
  it('works once, sets a strict cookie, and leads to a clean address', async () => {
    const code = lab.credentials.newCode();
    const first = await ask(`GET /open/${code}`);
    expect(first.status).toBe(303);
    expect(first.head).toMatch(/^location: \/\r?$/im);
    expect(first.head).toMatch(/^set-cookie: flamelab-\d+-test=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict\r?$/im);
    const second = await ask(`GET /open/${code}`);
    expect(second.status).toBe(401);
    expect(second.head).not.toMatch(/set-cookie/i);
    expect(second.body).toContain('used before');
    expect(second.body).toContain('Start the lab again.');
  });

  it('is not used up by a preview that asks for the head', async () => {
    const code = lab.credentials.newCode();
    expect((await ask(`HEAD /open/${code}`)).status).toBe(405);
    expect((await ask(`GET /open/${code}`)).status).toBe(303);
  });

  it.each(['x', '%00', '%E0%A4%A', '<script>'])('with the code %s opens nothing', async (code) => {
    const answer = await ask(`GET /open/${code}`);
    expect([400, 401]).toContain(answer.status);
    expect(answer.body).not.toContain('<script>');
  });
});

describe('a state change', () => {
  const body = '{"do":"pause"}';

  it('with session, own Origin and JSON passes; with the token, Origin is not needed', async () => {
    const cookie = await lab.enter();
    expect((await ask('POST /api/fleet', { cookie, origin: origin(), ...JSON_TYPE }, body)).status).toBe(200);
    expect((await ask('POST /api/fleet', { ...lab.bearer, ...JSON_TYPE }, body)).status).toBe(200);
  });

  it('with a session but no Origin is 403', async () => {
    const cookie = await lab.enter();
    expect((await ask('POST /api/fleet', { cookie, ...JSON_TYPE }, body)).status).toBe(403);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', 'text/json', ''])(
    'by a form (%s) is 415, from our own page as well',
    async (type) => {
      const cookie = await lab.enter();
      const before = lab.calls.length;
      const answer = await ask('POST /api/fleet', { cookie, origin: origin(), 'content-type': type }, body);
      expect([answer.status, codeOf(answer)]).toEqual([415, 'unsupported-media-type']);
      const push = await ask('POST /api/profiles?kind=cpu', { cookie, origin: origin(), 'content-type': type }, body);
      expect(push.status).toBe(415);
      expect(lab.calls.length).toBe(before);
    },
  );

  it('by any method that is not GET or HEAD meets the same rule', async () => {
    const cookie = await lab.enter();
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect((await ask(`${method} /api/fleet`, { cookie, ...JSON_TYPE }, body)).status).toBe(403);
    }
  });
});

describe('a profile key', () => {
  it('reads /api/pprof', async () => {
    const { key } = lab.credentials.newKey();
    expect((await ask(`GET /api/pprof?kind=cpu&key=${key}`)).status).toBe(200);
  });

  it.each(locked.filter((name) => name !== 'GET /api/pprof'))('opens nothing at %s', async (name) => {
    const { key } = lab.credentials.newKey();
    expect((await ask(`${lineOf(name)}?key=${key}`, { origin: origin(), ...JSON_TYPE })).status).toBe(401);
  });

  it('in a second copy, changed or empty, is no key', async () => {
    const { key } = lab.credentials.newKey();
    for (const query of [
      `key=${key}&key=${key}`,
      `key=${key}x`,
      'key=',
      `Key=${key}`,
      `key=${lab.credentials.token}`,
    ]) {
      expect((await ask(`GET /api/pprof?kind=cpu&${query}`)).status).toBe(401);
    }
  });

  it('works for an hour', async () => {
    let now = 1_000;
    const other = await openLab({ clock: { now: () => now, after: () => () => {} } });
    const { key, expiresMillis } = other.credentials.newKey();
    const read = async () => (await fetch(`${other.url}/api/pprof?kind=cpu&key=${key}`)).status;
    now = expiresMillis - 1;
    expect(await read()).toBe(200);
    now = expiresMillis;
    expect(await read()).toBe(401);
    await other.close();
  });
});

describe('every answer', () => {
  const paths = [
    '/',
    '/api/health',
    '/api/lab',
    '/api/nothing',
    '/nothing.js',
    '/open/x',
    '/assets/x.js',
    '/api/pprof?kind=cpu',
  ];

  it.each(paths)('of %s carries the security headers, credentials or not', async (path) => {
    for (const headers of [{}, lab.bearer, { host: 'evil.example' }]) {
      const { head } = await ask(`GET ${path}`, headers);
      expect(head).toMatch(/^content-security-policy: .*script-src 'self';.*frame-ancestors 'none'/im);
      expect(head).toMatch(/^x-content-type-options: nosniff/im);
      expect(head).toMatch(/^cross-origin-resource-policy: same-origin/im);
      expect(head).toMatch(/^cross-origin-opener-policy: same-origin/im);
      expect(head).toMatch(/^referrer-policy: no-referrer/im);
      expect(head).not.toMatch(/^(x-powered-by|access-control-allow)/im);
    }
  });

  it('keeps names that look like HTML as JSON text', async () => {
    for (const path of [
      '/api/labels',
      '/api/labels/%3Cscript%3E/values',
      '/api/exercises/read-a-flame',
      '/api/chapters/01-look',
    ]) {
      const answer = await ask(`GET ${path}`, lab.bearer);
      expect(answer.head).toMatch(/^content-type: application\/json; charset=utf-8/im);
      expect(JSON.stringify(JSON.parse(answer.body))).toMatch(/<script>|onerror/);
    }
  });

  it('to an unknown API path is 404 in JSON behind the gate, 401 before it', async () => {
    const path = 'GET /api/<script>alert(1)</script>';
    expect((await ask(path)).status).toBe(401);
    const answer = await ask(path, lab.bearer);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found']);
    expect(answer.head).toMatch(/^content-type: application\/json/im);
  });

  it('to a method that the path does not have is 405', async () => {
    const answer = await ask('PUT /api/fleet', { ...lab.bearer, ...JSON_TYPE });
    expect([answer.status, codeOf(answer)]).toEqual([405, 'method-not-allowed']);
  });

  it('is not kept by the browser, save files with a hash in their name, which need a session too', async () => {
    const file = 'GET /assets/page-abc123.js';
    expect((await ask(file)).status).toBe(401);
    expect((await ask(file, lab.bearer)).head).toMatch(/^cache-control: private, max-age=31536000, immutable/im);
    for (const path of ['/', '/api/lab', '/some/page']) {
      const answer = await ask(`GET ${path}`, lab.bearer);
      expect([answer.status, /^cache-control: no-store/im.test(answer.head)]).toEqual([200, true]);
    }
  });

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/.env',
  ])('never has a file from outside the built page (%s)', async (path) => {
    const answer = await ask(`GET ${path}`, lab.bearer);
    expect([400, 403, 404]).toContain(answer.status);
  });

  it('of the page without a session is a page that says what to do', async () => {
    const answer = await ask('GET /');
    expect(answer.status).toBe(401);
    expect(answer.head).toMatch(/^content-type: text\/html/im);
    expect(answer.body).toContain('Start the lab again.');
    expect((await ask('GET /', lab.bearer)).body).toContain('<title>Flamelab</title>');
  });
});

describe('a failure inside', () => {
  it('is "internal" with no more than that; the log has the rest', async () => {
    const { rooms } = createQuietLab();
    const lab = { ...rooms.lab, getState: () => Promise.reject(new Error('secret /path/inside')) };
    const broken = await openLab({ rooms: { lab } });
    const answer = await fetch(`${broken.url}/api/lab`, { headers: broken.bearer });
    const text = await answer.text();
    expect([answer.status, errorBody.parse(JSON.parse(text)).error.code]).toEqual([500, 'internal']);
    expect(text).not.toMatch(/secret|path|at /);
    expect(broken.logged.join()).toContain('secret /path/inside');
    await broken.close();
  });
});
