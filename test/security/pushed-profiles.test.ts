import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorBody } from '../../protocol/index.ts';
import { SECURITY_HEADERS } from '../../server/http/security-headers.ts';
import type { NewProfile } from '../../server/store/profile-store.ts';
import { type OpenLab, openLab } from '../support/open-lab.ts';
import { createQuietLab, NO_PROFILE } from '../support/quiet-lab.ts';
import { type RawAnswer, sendBytes } from '../support/send-raw.ts';

/** `POST /api/profiles` comes by the thousand, and keeps to the rules of all other routes, byte for byte. */
const MOST_RAW = 16 * 1024 * 1024;
const MOST_GZIP = 4 * 1024 * 1024;
const PUSH = 'POST /api/profiles?kind=cpu&service=shop';

const parsed: Uint8Array[] = [];
const stored: NewProfile[] = [];
let lab: OpenLab;
beforeAll(async () => {
  const { rooms } = createQuietLab();
  const parseProfile = async (bytes: Uint8Array) => {
    parsed.push(bytes);
    return NO_PROFILE;
  };
  const append = async (profile: NewProfile) => ({ id: stored.push(profile) });
  const profiles = { ...rooms.profiles, parseProfile };
  lab = await openLab({ rooms: { profiles, store: { ...rooms.store, append } } });
});
afterEach(async () => {
  parsed.length = 0;
  stored.length = 0;
  expect(lab.logged).toEqual([]);
  expect(await (await fetch(`${lab.url}/api/health`)).json()).toEqual({ ok: true });
});
afterAll(() => lab.close());

type Headers = readonly (readonly [string, string])[];
const bearer = (): Headers => [['authorization', lab.bearer.authorization ?? '']];

/** A request as bytes, its headers as given; `chunked` leaves out its length. */
function requestOf(line: string, headers: Headers, body: string | Buffer = '', options = { chunked: false }): Buffer {
  const bytes = Buffer.from(body);
  const length: Headers = options.chunked
    ? [['transfer-encoding', 'chunked']]
    : [['content-length', `${bytes.length}`]];
  const all: Headers = [['host', `127.0.0.1:${lab.port}`], ...headers, ...length];
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head}\r\n`), options.chunked ? chunksOf(bytes) : bytes]);
}

function chunksOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 100_000) {
    const part = bytes.subarray(at, at + 100_000);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

const LAST: Headers = [['connection', 'close']];
const ask = (line: string, headers: Headers, body: string | Buffer = '', options = { chunked: false }) =>
  sendBytes(lab.port, requestOf(line, [...LAST, ...headers], body, options));
const push = (body: string | Buffer, options = { chunked: false }) => ask(PUSH, bearer(), body, options);
const errorOf = ({ body }: RawAnswer) => errorBody.parse(JSON.parse(body)).error;
/** Status line and headers of an answer, in order of their names; the time left out. */
const headOf = ({ head }: RawAnswer) => {
  const [status = '', ...lines] = head.split('\r\n');
  return [status, ...lines.filter((line) => !line.startsWith('Date: ')).sort()];
};

describe('a profile that is pushed', () => {
  it('is answered with its id, all security headers and a length', async () => {
    const answer = await push('profile');
    expect(headOf(answer)).toEqual([
      'HTTP/1.1 201 Created',
      ...[
        ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
        'Connection: close',
        'Content-Length: 8',
        'Content-Type: application/json; charset=utf-8',
      ].sort(),
    ]);
    expect(answer.head).toMatch(/^Date: /m);
    expect(answer.body).toBe('{"id":1}');
  });

  it.each([
    ['in one piece', 20, false],
    ['in pieces of a known length', 3_000_000, false],
    ['in chunks', 3_000_000, true],
    ['of the most bytes that may be', MOST_RAW, false],
    ['of the most bytes that may be, in chunks', MOST_RAW, true],
  ])('%s arrives as it was sent', async (_, length, chunked) => {
    const body = Buffer.alloc(length, 'a rather odd profile ');
    expect((await push(body, { chunked })).status).toBe(201);
    expect(parsed.map((bytes) => body.equals(bytes))).toEqual([true]);
    expect(stored).toHaveLength(1);
  });

  it('leaves its connection open for the next', async () => {
    const first = requestOf(PUSH, bearer(), 'one');
    const answer = await sendBytes(lab.port, Buffer.concat([first, requestOf(PUSH, [...LAST, ...bearer()], 'two')]));
    expect(answer.head).toMatch(/^Connection: keep-alive/m);
    expect(answer.body).toMatch(/^\{"id":1\}HTTP\/1.1 201 Created\r\n[^{]*\{"id":2\}$/);
    expect(parsed.map((bytes) => Buffer.from(bytes).toString())).toEqual(['one', 'two']);
  });

  it('may wait until it is told to continue', async () => {
    const answer = await ask(PUSH, [...bearer(), ['expect', '100-continue']], 'profile');
    expect([answer.status, answer.body.slice(0, 20)]).toEqual([100, 'HTTP/1.1 201 Created']);
  });

  it('comes with a session, our own Origin and a profile’s type as well', async () => {
    const own: Headers = [
      ['cookie', await lab.enter()],
      ['origin', lab.url],
    ];
    expect((await ask(PUSH, [...own, ['content-type', 'application/octet-stream']], 'profile')).status).toBe(201);
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
      const answer = await ask(PUSH, [...own, ['content-type', type]], 'profile');
      expect([answer.status, errorOf(answer).code]).toEqual([415, 'unsupported-media-type']);
    }
    expect((await ask(PUSH, own, 'profile')).status).toBe(415);
    expect((await ask(PUSH, own.slice(0, 1), 'profile')).status).toBe(403);
    expect(parsed).toHaveLength(1);
  });
});

describe('the series of a pushed profile', () => {
  it('is what its query says, each time', async () => {
    const query = 'kind=heap&service=a%20b&instance=&label.zone=x';
    for (let i = 0; i < 2; i++) await ask(`POST /api/profiles?${query}`, bearer(), 'profile');
    await ask(`POST /api/profiles?${query}y`, bearer(), 'profile');
    const first = { kind: 'heap', labels: { service: 'a b', zone: 'x' } };
    const other = { kind: 'heap', labels: { service: 'a b', zone: 'xy' } };
    expect(stored.map(({ kind, labels }) => ({ kind, labels }))).toEqual([first, first, other]);
  });

  it.each([
    ['', /parameter kind: seen nothing/],
    ['?kind=CPU', /parameter kind: seen "CPU"/],
    ['?kind=cpu&kind=cpu', /kind is there more than once/],
    ['?kind=cpu&zone=a', /unknown parameter "zone"/],
    ['?kind=cpu&service=a&label.service=b', /label service is given twice/],
    ['?kind=cpu&label.1=b', /"1" is not a label name/],
  ])('%j is refused, each time', async (query, message) => {
    for (let i = 0; i < 2; i++) {
      const answer = await ask(`POST /api/profiles${query}`, bearer(), 'profile');
      expect([answer.status, errorOf(answer).code]).toEqual([400, 'bad-request']);
      expect(errorOf(answer).message).toMatch(message);
    }
    expect(parsed).toEqual([]);
  });
});

describe('a body that is refused', () => {
  it.each([false, true])('for more than 16 MB is 413 once it was read; chunked: %s', async (chunked) => {
    const large = requestOf(PUSH, bearer(), Buffer.alloc(MOST_RAW + 1), { chunked });
    const next = requestOf(PUSH, [...LAST, ...bearer()], 'profile');
    const answer = await sendBytes(lab.port, Buffer.concat([large, next]));
    expect(answer.status).toBe(413);
    expect(answer.head).toMatch(/^Connection: keep-alive/m);
    // What follows the first answer's last chunk was cut off: the next answer is known by what it stored.
    expect(errorOf(answer)).toEqual({ code: 'too-large', message: 'The body is too large: at most 16777216 bytes.' });
    expect(parsed.map((bytes) => bytes.byteLength)).toEqual([7]);
  });

  it.each([false, true])('for more than 4 MB of gzip is 413; chunked: %s', async (chunked) => {
    const gzip = Buffer.alloc(MOST_GZIP + 1);
    gzip.set([0x1f, 0x8b]);
    const answer = await push(gzip, { chunked });
    expect(answer.status).toBe(413);
    expect(errorOf(answer)).toEqual({
      code: 'too-large',
      message: 'The profile has 4194305 bytes of gzip; at most 4194304.',
    });
    expect((await push(gzip.subarray(1), { chunked })).status).toBe(201);
    expect((await push(gzip.subarray(0, MOST_GZIP), { chunked })).status).toBe(201);
  });

  it.each([
    ['of length 0', () => push('')],
    ['of no chunks', () => push('', { chunked: true })],
    ['that is not there', () => sendBytes(lab.port, requestWithoutBody())],
    ['that is not there but encoded', () => sendBytes(lab.port, requestWithoutBody([['content-encoding', 'gzip']]))],
  ])('%s is 400', async (_, send) => {
    const answer = await send();
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toEqual({
      code: 'malformed-profile',
      message: 'The body is empty; expected a pprof profile, gzip or raw.',
    });
  });

  it('for its encoding is 415: a profile is gzip by itself', async () => {
    const encoded = (encoding: string) => ask(PUSH, [...bearer(), ['content-encoding', encoding]], 'profile');
    const answer = await encoded('gzip');
    expect(answer.status).toBe(415);
    expect(errorOf(answer)).toEqual({
      code: 'unsupported-media-type',
      message: "The body can't be read: content encoding unsupported.",
    });
    expect((await encoded('Identity')).status).toBe(201);
  });

  const requestWithoutBody = (headers: Headers = []) => {
    const whole = requestOf(PUSH, [...LAST, ...bearer(), ...headers]).toString();
    return Buffer.from(whole.replace('content-length: 0\r\n', ''));
  };
});

describe('a pushed body that ends early', () => {
  const half = () => requestOf(PUSH, bearer(), 'x'.repeat(100)).subarray(0, -50);

  it('leaves no trace when its sender is gone', async () => {
    const closed = new Promise<void>((resolve) => {
      lab.http.server.once('connection', (seen) => seen.once('close', () => setImmediate(resolve)));
    });
    const socket = connect(lab.port, '127.0.0.1', () => socket.write(half(), () => socket.destroy()));
    await closed;
    expect([parsed, stored]).toEqual([[], []]);
  });

  it('is answered 400 when its sender still listens', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect({ port: lab.port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(half()));
      let text = '';
      socket.setEncoding('latin1').on('data', (part) => {
        text += part;
      });
      socket.on('end', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('The request is not valid HTTP.');
    expect(parsed).toEqual([]);
  });

  it('or has a chunk of no size is 400', async () => {
    const head = requestOf(PUSH, bearer(), '', { chunked: true }).subarray(0, -5);
    const answer = await sendBytes(lab.port, Buffer.concat([head, Buffer.from('3\r\nabc\r\nzz\r\n')]));
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'bad-request']);
    expect(parsed).toEqual([]);
  });
});

describe('a push before the gate', () => {
  it('with another token, of the same length or not, is 401', async () => {
    const { token } = lab.credentials;
    const turned = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    for (const wrong of [turned, token.slice(1), `${token}A`, token.toLowerCase(), 'A']) {
      const answer = await ask(PUSH, [['authorization', `Bearer ${wrong}`]], 'profile');
      expect([answer.status, errorOf(answer).code]).toEqual([401, 'unauthorised']);
    }
    expect(parsed).toEqual([]);
  });

  it.each([
    ['host', () => `127.0.0.1:${lab.port}`],
    ['origin', () => lab.url],
    ['authorization', () => lab.bearer.authorization ?? ''],
    ['sec-fetch-site', () => 'same-origin'],
    ['content-type', () => 'application/octet-stream'],
  ])('with the header %s twice is 400, however it is written', async (name, value) => {
    const others = bearer().filter(([other]) => other !== name);
    const twice: Headers = [...(name === 'host' ? [] : [[name, value()] as const]), [name.toUpperCase(), value()]];
    const answer = await ask(PUSH, [...others, ...twice], 'profile');
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toEqual({ code: 'bad-request', message: `The header ${name} is there more than once.` });
    expect(parsed).toEqual([]);
  });

  it('with two lengths, or a length and chunks, is 400', async () => {
    for (const second of ['content-length: 7', 'content-length: 8', 'transfer-encoding: chunked']) {
      const whole = requestOf(PUSH, [...LAST, ...bearer()], 'profile').toString();
      const answer = await sendBytes(lab.port, whole.replace('content-length: 7', `content-length: 7\r\n${second}`));
      expect(answer.status).toBe(400);
    }
    expect(parsed).toEqual([]);
  });

  it('with other headers twice, or named as a prototype is, passes', async () => {
    const odd: Headers = [
      ['x-a', '1'],
      ['X-A', '2'],
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ];
    expect((await ask(PUSH, [...bearer(), ...odd], 'profile')).status).toBe(201);
    const twice = await ask(PUSH, [...bearer(), ...odd, ...bearer()], 'profile');
    expect(twice.status).toBe(400);
  });
});

describe('an error of a push', () => {
  const same = async (push: Promise<RawAnswer>, other: Promise<RawAnswer>) => {
    const [a, b] = await Promise.all([push, other]);
    expect({ head: headOf(a), body: a.body }).toEqual({ head: headOf(b), body: b.body });
    expect(a.head).toMatch(/^content-type: application\/json; charset=utf-8/im);
    return a.status;
  };

  it('has the form of the same error elsewhere', async () => {
    const bundle = 'POST /api/bundles';
    expect(await same(ask(PUSH, [], 'x'), ask(bundle, [], 'x'))).toBe(401);
    const encoded: Headers = [...bearer(), ['content-encoding', 'br']];
    expect(await same(ask(PUSH, encoded, 'x'), ask(bundle, encoded, 'x'))).toBe(415);
    const large = Buffer.alloc(MOST_RAW + 1);
    expect(await same(push(large), ask('POST /api/files?name=a', bearer(), large))).toBe(413);
    expect(headOf(await push(large))).toEqual(headOf(await ask(bundle, bearer(), large)));
    expect(headOf(await push(''))).toEqual(headOf(await ask(bundle, bearer())));
  });

  it('that nobody expected is "internal", its reason in the log alone', async () => {
    const { rooms } = createQuietLab();
    for (const append of [
      () => Promise.reject(new Error('secret /path/inside')),
      () => {
        throw new Error('secret /path/inside');
      },
    ]) {
      const broken = await openLab({ rooms: { store: { ...rooms.store, append } } });
      const headers = { ...broken.bearer, 'content-type': 'application/octet-stream' };
      const answer = await fetch(`${broken.url}/api/profiles?kind=cpu`, { method: 'POST', headers, body: 'x' });
      expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([500, 'nosniff']);
      expect(await answer.text()).not.toMatch(/secret|path|at /);
      expect(broken.logged).toEqual(['unexpected failure of a request: Error: secret /path/inside']);
      await broken.close();
    }
  });
});

describe('what is almost a push', () => {
  const JSON_TYPE: Headers = [['content-type', 'application/json']];

  it.each([
    '/api/profiles/',
    '/API/profiles',
    '/api/Profiles',
    '/api/%70rofiles',
    '/api/profiles;a',
    '/api/./profiles',
  ])('(%s) is 404, and JSON alone gets that far', async (path) => {
    const line = `POST ${path}?kind=cpu`;
    const answer = await ask(line, [...bearer(), ...JSON_TYPE], '{}');
    expect([answer.status, errorOf(answer).message]).toEqual([404, `There is nothing at ${path}.`]);
    expect((await ask(line, bearer(), 'profile')).status).toBe(415);
    expect(parsed).toEqual([]);
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('(%s) is 405', async (method) => {
    const answer = await ask(`${method} /api/profiles?kind=cpu`, [...bearer(), ...JSON_TYPE], '{}');
    expect([answer.status, errorOf(answer).message]).toEqual([405, '/api/profiles takes POST.']);
    expect(answer.head).not.toMatch(/^(allow|access-control-\w+):/im);
  });

  it('(HEAD) is 405 without a body', async () => {
    const answer = await ask('HEAD /api/profiles?kind=cpu', bearer());
    expect([answer.status, answer.body]).toEqual([405, '']);
  });
});
