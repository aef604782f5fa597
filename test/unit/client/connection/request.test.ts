import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createApi } from '../../../../client/connection/index.ts';
import { urlOfRoute } from '../../../../client/connection/request.ts';
import { labStateWith } from '../../../support/lab-state.ts';

type Seen = { method: string; url: string; type: string | undefined; body: string };
let server: Server | undefined;

afterEach(async () => {
  await new Promise((done) => (server ? server.close(done) : done(null)));
  server = undefined;
});

/** A real HTTP server that answers everything the same way, and what it was asked. */
async function startAnswering(status: number, answer: unknown) {
  const seen: Seen[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', type: request.headers['content-type'], body });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const api = createApi((url, init) => fetch(`http://127.0.0.1:${port}${url}`, init));
  return { api, seen };
}

test('path parameters and query values are escaped', () => {
  const url = urlOfRoute('GET /api/exercises/:slug', {
    params: { slug: 'a/b c' },
    query: { kind: 'cpu', type: undefined },
  });
  expect(url).toBe('/api/exercises/a%2Fb%20c?kind=cpu');
});

test('a change goes as JSON, with the instance as a selector where profiles are meant', async () => {
  const key = { key: 'k', command: 'go tool pprof …', expiresMillis: 1 };
  const { api, seen } = await startAnswering(200, key);
  await expect(api.createPprofKey({ kind: 'cpu', type: 'cpu', instance: 'a"b', from: 7 })).resolves.toEqual(key);
  expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/keys', type: 'application/json' });
  const query = new URLSearchParams(JSON.parse(seen[0]?.body ?? '').query);
  expect([...query]).toEqual([
    ['kind', 'cpu'],
    ['from', '7'],
    ['match', '{instance="a\\"b"}'],
  ]);
});

test('a refusal carries the lab’s code, message and detail', async () => {
  const { api } = await startAnswering(404, {
    error: { code: 'no-data', message: 'Nothing yet.', detail: { kind: 'cpu' } },
  });
  await expect(api.readLog('r1')).rejects.toMatchObject({
    code: 'no-data',
    message: 'Nothing yet.',
    status: 404,
    detail: { kind: 'cpu' },
  });
});

test('an answer that is not JSON, or not in the agreed form, is a failure and never data', async () => {
  const html = await startAnswering(200, '<html>');
  await expect(html.api.listExercises()).rejects.toMatchObject({ code: 'unreadable-answer' });
  server?.close();
  const wrong = await startAnswering(200, { exercises: [{ slug: 1 }] });
  await expect(wrong.api.listExercises()).rejects.toMatchObject({ code: 'unreadable-answer' });
});

test('a lab that is not there is “unreachable”', async () => {
  const { api } = await startAnswering(200, {});
  await new Promise((done) => server?.close(done));
  server = undefined;
  await expect(api.listFiles()).rejects.toMatchObject({ code: 'unreachable' });
});

test('a version conflict is an outcome with both versions, other refusals are failures', async () => {
  const detail = { path: 'a.go', version: 'v2', text: 'theirs', keptAs: 'a.go.yours' };
  const { api } = await startAnswering(409, { error: { code: 'version-conflict', message: 'Changed.', detail } });
  const body = { path: 'a.go', text: 'mine', version: 'v1' };
  await expect(api.saveFile(body)).resolves.toEqual({ saved: null, conflict: detail });
  server?.close();
  const full = await startAnswering(507, { error: { code: 'store-full', message: 'Disk full.' } });
  await expect(full.api.saveFile(body)).rejects.toMatchObject({ code: 'store-full' });
});

test('a lab state of another protocol is told apart before it is read', async () => {
  const { api } = await startAnswering(200, { ...labStateWith(), protocol: 99, fleet: 'of another form' });
  await expect(api.readLab()).rejects.toMatchObject({ code: 'other-protocol', detail: 99 });
});

test('of the answers to “send one request” only those of the agreed form come through', async () => {
  const one = {
    event: 'one',
    target: 't',
    request: { method: 'GET', path: '/' },
    status: 200,
    body: '',
    millis: 1,
    ok: true,
  };
  const { api } = await startAnswering(200, { ok: true, answers: [one, { event: 'one' }, 'x'] });
  await expect(api.driveLoad({ do: 'one' })).resolves.toEqual([one]);
});
