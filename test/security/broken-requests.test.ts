import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorBody } from '../../protocol/index.ts';
import { type OpenLab, openLab } from '../support/open-lab.ts';
import { sendBytes, sendRaw } from '../support/send-raw.ts';

let lab: OpenLab;
beforeAll(async () => {
  lab = await openLab();
});
afterEach(async () => {
  expect(await (await fetch(`${lab.url}/api/health`)).json()).toEqual({ ok: true });
  expect(lab.logged).toEqual([]);
});
afterAll(() => lab.close());

const host = () => `host: 127.0.0.1:${lab.port}\r\n`;
const bytes = (text: string) => sendBytes(lab.port, text);

describe('a request that is not HTTP', () => {
  it.each([
    ['no header name', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
    ['a space in a header name', 'GET / HTTP/1.1\r\nho st: x\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nhost: a\0b\r\n\r\n'],
    ['a bare CR in a header', 'GET / HTTP/1.1\r\nhost: a\rx: b\r\n\r\n'],
    ['a folded header', 'GET / HTTP/1.1\r\nhost: a\r\n\tb\r\nx\r\n\r\n'],
    ['no version', 'GET /\r\n\r\n'],
    ['another version', 'GET / HTTP/9.9\r\n\r\n'],
    ['a line of noise', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['length and chunks', 'POST / HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a negative length', 'POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n'],
    ['a chunk of no size', 'POST /api/fleet HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ])('(%s) is answered 400 in JSON, without a stack', async (_, text) => {
    const answer = await bytes(text);
    expect(answer.status).toBe(400);
    expect(errorBody.parse(JSON.parse(answer.body)).error.code).toBe('bad-request');
    expect(answer.body).not.toMatch(/\bat |node:|\.ts|\.js/);
  });
});

describe('a request with an odd head', () => {
  it.each([
    ['no Host', () => 'GET /api/health HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['two Hosts', () => `GET /api/health HTTP/1.1\r\n${host()}${host()}connection: close\r\n\r\n`, 400],
    [
      'two Origins',
      () =>
        `GET /api/health HTTP/1.1\r\n${host()}origin: http://127.0.0.1:${lab.port}\r\norigin: null\r\nconnection: close\r\n\r\n`,
      400,
    ],
    ['an absolute target', () => `GET http://evil.example/ HTTP/1.1\r\n${host()}connection: close\r\n\r\n`, 400],
    ['two slashes', () => `GET //evil.example/ HTTP/1.1\r\n${host()}connection: close\r\n\r\n`, 400],
    ['a backslash', () => `GET /\\evil.example HTTP/1.1\r\n${host()}connection: close\r\n\r\n`, 400],
    ['a star', () => `OPTIONS * HTTP/1.1\r\n${host()}connection: close\r\n\r\n`, 400],
    [
      'an odd expectation',
      () => `GET /api/health HTTP/1.1\r\n${host()}expect: magic\r\nconnection: close\r\n\r\n`,
      400,
    ],
    ['CONNECT', () => `CONNECT evil.example:80 HTTP/1.1\r\n${host()}\r\n`, 405],
    ['another protocol', () => `GET / HTTP/1.1\r\n${host()}connection: upgrade\r\nupgrade: h2c\r\n\r\n`, 401],
  ])('(%s) is answered, not reset', async (_, text, status) => {
    const answer = await bytes(text());
    expect(answer.status).toBe(status);
    expect(errorBody.parse(JSON.parse(answer.body)).error.message).not.toBe('');
  });
});

const headersOf = () => ({ host: `127.0.0.1:${lab.port}`, 'content-type': 'application/json', ...lab.bearer });

describe('a request that is too large', () => {
  it('in its head is 431', async () => {
    const answer = await bytes(`GET / HTTP/1.1\r\n${host()}x: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect([answer.status, errorBody.parse(JSON.parse(answer.body)).error.code]).toEqual([431, 'headers-too-large']);
  });

  it('in its body is 413: 256 KB, and 1 MB for a save', async () => {
    const text = (length: number) => JSON.stringify({ path: 'a.go', version: null, text: 'x'.repeat(length) });
    const save = (length: number) => sendRaw(lab.port, 'PUT /api/workspace/file', headersOf(), text(length));
    expect((await save(300_000)).status).toBe(200);
    expect((await save(1_048_577)).status).toBe(413);
    const fleet = `{"do":"pause","x":"${'x'.repeat(262_144)}"}`;
    expect((await sendRaw(lab.port, 'POST /api/fleet', headersOf(), fleet)).status).toBe(413);
  });

  it('as a profile is 413: 4 MB of gzip, 16 MB raw', async () => {
    const push = async (body: Uint8Array<ArrayBuffer>) =>
      (await fetch(`${lab.url}/api/profiles?kind=cpu`, { method: 'POST', headers: lab.bearer, body })).status;
    const gzip = new Uint8Array(4 * 1024 * 1024 + 1);
    gzip.set([0x1f, 0x8b]);
    expect(await push(gzip)).toBe(413);
    expect(await push(new Uint8Array(16 * 1024 * 1024 + 1))).toBe(413);
    expect(await push(new Uint8Array(5 * 1024 * 1024))).toBe(201);
  });

  it('is refused before its body when it has no credentials', async () => {
    const before = lab.calls.length;
    const head = { host: `127.0.0.1:${lab.port}`, 'content-length': '1000000000' };
    const answer = await sendRaw(lab.port, 'POST /api/profiles?kind=cpu', head, 'x');
    expect(answer.status).toBe(401);
    expect(lab.calls.length).toBe(before);
  });
});

describe('a body that does not fit', () => {
  it.each([
    ['POST /api/targets', '{"url":5}', 'Bad request: url: seen 5, expected text.'],
    ['POST /api/fleet', '{"do":"stop"}', 'Bad request: do: seen "stop", expected one of pause, resume.'],
    ['POST /api/fleet', '[]', 'Bad request: the body: seen [], expected an object.'],
  ])('%s %s is refused in one sentence', async (route, body, message) => {
    const answer = await sendRaw(lab.port, route, headersOf(), body);
    const { error } = errorBody.parse(JSON.parse(answer.body));
    expect([answer.status, error.message]).toEqual([400, message]);
    expect(answer.body).not.toMatch(/Invalid |Unrecognized|received/);
  });
});

describe('the labels of a push', () => {
  const push = async (query: string) => {
    const url = `${lab.url}/api/profiles?kind=cpu${query}`;
    const answer = await fetch(url, { method: 'POST', headers: lab.bearer, body: new Uint8Array([1]) });
    const text = await answer.text();
    return { status: answer.status, message: answer.ok ? '' : errorBody.parse(JSON.parse(text)).error.message };
  };

  it.each([
    ['&service=a%00b', 'service has the control character U+0000 at position 1'],
    ['&service=a%0Ab', 'service has the control character U+000A at position 1'],
    ['&label.zone=%C2%85', 'zone has the control character U+0085 at position 0'],
    ['&label.a%0Ab=x', '"a\\nb" is not a label name; expected letters, digits and _'],
    ['&label.a%00=x', 'is not a label name'],
    ['&label.a-b=', '"a-b" is not a label name'],
    ['&label.=x', '"" is not a label name'],
    ['&label.9a=x', '"9a" is not a label name'],
    ['&label.kind=x', "kind can't be the name of a label: it is reserved"],
    ['&label.__name__=x', "__name__ can't be the name of a label: it is reserved"],
    ['&service=%ff', '"%ff" in the address is not UTF-8'],
    ['&label.%C3(=x', '"%C3" in the address is not UTF-8'],
    ['&service=%ED%A0%80', 'is not UTF-8'],
  ])('%s is refused with what was seen', async (query, message) => {
    const before = lab.calls.length;
    const answer = await push(query);
    expect(answer.status).toBe(400);
    expect(answer.message).toContain(message);
    expect(lab.calls.length).toBe(before);
  });

  it.each([
    '',
    '&service=',
    '&service=shop%20%C3%BC%F0%9F%94%A5&label.zone=a+b',
    '&service=100%',
    '&label._x9=%EF%BF%BD',
  ])('%s is taken', async (query) => expect((await push(query)).status).toBe(201));
});

describe('a client that goes away', () => {
  it('in the middle of a body leaves no trace', async () => {
    const before = lab.calls.length;
    await new Promise<void>((resolve) => {
      const socket = connect(lab.port, '127.0.0.1', () => {
        const head = `POST /api/fleet HTTP/1.1\r\n${host()}authorization: ${lab.bearer.authorization}\r\n`;
        socket.write(`${head}content-type: application/json\r\ncontent-length: 100\r\n\r\n{`, () => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect(lab.calls.length).toBe(before);
  });
});
