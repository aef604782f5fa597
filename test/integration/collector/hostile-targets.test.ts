import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Target } from '../../../protocol/index.ts';
import { until } from '../../support/run-flamelab.ts';
import { type Collecting, serveHttp, startCollecting } from './collecting.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** Attaches to a server that answers so, and waits until the collector has an opinion. */
async function attach(listener: RequestListener): Promise<{ target: Target; collecting: Collecting; url: string }> {
  const server = await serveHttp(listener);
  opened.push(server);
  const collecting = startCollecting();
  opened.push(collecting);
  collecting.attach(server.url, { wishes: { kinds: ['heap'] } });
  const target = await collecting.target(({ health }) => health !== 'waiting');
  expect(collecting.entries).toEqual([]);
  expect(target.health).toBe('backing-off');
  return { target, collecting, url: server.url };
}

const PATH = '/debug/pprof/heap';

test('a page of HTML is named as such', async () => {
  const { target, url } = await attach((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end('<!doctype html><title>Shop</title>');
  });
  expect(target.lastError).toBe(
    `${url}${PATH} answered with a page of HTML, not with a profile: is net/http/pprof served at this address? It is where a browser shows /debug/pprof/.`,
  );
});

test('JSON is named as such', async () => {
  const { target } = await attach((_request, response) => response.end('{"ok":true}'));
  expect(target.lastError).toContain('answered with JSON, not with a profile');
});

test('bytes that are no profile are refused with the reason of the reader', async () => {
  const { target } = await attach((_request, response) => response.end(Buffer.from([0xff, 0xfe, 1, 2, 3])));
  expect(target.lastError).toContain('answered with what is not a usable profile: ');
});

test('a status that is not 200 is shown with its first line, control characters made visible', async () => {
  const { target } = await attach((_request, response) => response.writeHead(503).end('down\u001b[31m today\nsecond'));
  expect(target.lastError).toContain('answered 503: down·[31m today');
  expect(target.lastError).not.toContain('second');
});

test('no profile at all: 404 for every kind says that net/http/pprof is missing', async () => {
  const { target } = await attach((_request, response) => response.writeHead(404).end('404 page not found'));
  expect(target.lastError).toContain('has none of these profiles (404): is net/http/pprof served at this address?');
});

test('a redirect is not followed, and said', async () => {
  let followed = 0;
  const elsewhere = await serveHttp((_request, response) => {
    followed += 1;
    response.end();
  });
  opened.push(elsewhere);
  const { target } = await attach((_request, response) =>
    response.writeHead(302, { location: `${elsewhere.url}/latest/meta-data` }).end(),
  );
  expect(target.lastError).toContain(`redirects to ${elsewhere.url}/latest/meta-data: redirects are not followed`);
  expect(followed).toBe(0);
});

test('a server that never answers is given up, and asked again', async () => {
  let asked = 0;
  const { target } = await attach(() => {
    asked += 1;
  });
  expect(target.lastError).toMatch(/did not answer within \d+ ms$/);
  await until(
    async () => asked,
    (times) => times >= 2,
  );
});

test('a server that drips is given up as well', async () => {
  const { target } = await attach((_request, response) => {
    const drip = setInterval(() => response.write(Buffer.from([0x1f])), 50);
    response.on('close', () => clearInterval(drip));
  });
  expect(target.lastError).toMatch(/began to answer, but was not done after \d+ ms$/);
});

test('a server that dies in the middle is said, and tried again after longer and longer waits', async () => {
  const times: number[] = [];
  const { target, collecting } = await attach((request, response) => {
    times.push(Date.now());
    response.write(gzipSync(Buffer.alloc(100)).subarray(0, 10));
    response.once('drain', () => {});
    setTimeout(() => request.socket.destroy(), 10);
  });
  expect(target.lastError).toContain('broke off in the middle of its answer');
  await until(
    async () => times.length,
    (count) => count >= 4,
  );
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  // Waits are 50, 100, 200 ms: at least that.
  for (const [index, least] of [50, 100, 200].entries()) expect(waits[index]).toBeGreaterThanOrEqual(least);
  expect(collecting.collector.targets()[0]?.kindHealth[0]?.retryMillis).not.toBeNull();
});

test('an answer without end is cut off at the limit', async () => {
  let sent = 0;
  const { target } = await attach((_request, response) => {
    const part = Buffer.alloc(256 * 1024, 0x0a);
    const more = () => {
      while (!response.destroyed && response.write(part)) sent += part.length;
    };
    response.on('drain', more);
    more();
  });
  expect(target.lastError).toContain('answers with more than 4194304 bytes');
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test('a gzip bomb is refused at the inflated limit', async () => {
  const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
  const { target } = await attach((_request, response) => response.end(bomb));
  expect(target.lastError).toMatch(/not a usable profile: .*inflated size/);
});

test('a server of another protocol is said to be one', async () => {
  const server = createServer((socket) =>
    socket
      .on('error', () => {})
      .resume()
      .end('SSH-2.0-OpenSSH_9.9\r\n'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  const address = server.address();
  const collecting = startCollecting();
  opened.push(collecting);
  collecting.attach(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
  const { lastError } = await collecting.target(({ health }) => health === 'backing-off');
  expect(lastError).toContain("doesn't speak HTTP (HPE_");
});
