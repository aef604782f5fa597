// Pushes the profiles of a corpus into a lab over keep-alive connections, as collectors elsewhere would.
// Usage: node push-profiles.mjs PORT TOKEN FOLDER COUNT. Each line of stdin is one task, answered by one line:
//   {"instance":"a","clients":64}                                  each profile once, as fast as answers come
//   {"instance":"a","clients":64,"perSecond":200,"seconds":1800}   at that pace, from the first again after the last
//   → {"pushed":5000,"refused":0,"millis":1900}
// A profile's start is moved to the time of the push, its place among the others kept: a store lets old profiles go.
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync, gzipSync } from 'node:zlib';

const [port, token, folder, count] = process.argv.slice(2);
const names = (await readdir(folder)).filter((name) => name.endsWith('.pb.gz')).sort();
const corpus = await Promise.all(names.slice(0, Number(count)).map(load));
const lastMillis = Math.max(...corpus.map(({ millis }) => millis));

async function load(name) {
  const [, millis, instance] = /^(\d+)-(.+)\.pb\.gz$/.exec(name);
  const raw = gunzipSync(await readFile(join(folder, name)));
  return { millis: Number(millis), service: instance.replace(/-\d+$/, ''), instance, raw, timeAt: findTime(raw) };
}

/** Where time_nanos (field 9 of Profile) stands: nine bytes for centuries. */
function findTime(raw) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = raw[at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < raw.length) {
    const tag = varint();
    if (tag === 9 * 8) return at;
    const length = varint();
    if (tag % 8 === 2) at += length;
  }
  throw new Error('a profile without a time');
}

/** A whole HTTP request. `gzip` level 1 is what Go's runtime uses. */
function requestOf({ service, instance, raw, timeAt }, suffix, millis) {
  let rest = BigInt(millis) * 1_000_000n + BigInt.asUintN(20, process.hrtime.bigint());
  for (let byte = 0; byte < 9; byte++, rest >>= 7n) raw[timeAt + byte] = Number(rest & 127n) | (byte < 8 ? 128 : 0);
  const body = gzipSync(raw, { level: 1 });
  const target = `/api/profiles?kind=cpu&service=${service}&instance=${instance}-${suffix}`;
  const head = `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/octet-stream\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

/** One connection; `ask` resolves with the status, one at a time. */
function openClient() {
  const socket = connect(Number(port), '127.0.0.1').setNoDelay(true);
  let seen = Buffer.alloc(0);
  let settle = { resolve() {}, reject() {} };
  socket.on('data', (bytes) => {
    seen = seen.length === 0 ? bytes : Buffer.concat([seen, bytes]);
    const status = statusOf(seen);
    if (status === null) return;
    seen = seen.subarray(0, 0);
    settle.resolve(status);
  });
  socket.on('error', (error) => settle.reject(error));
  return {
    ask(request) {
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}

/** Of an answer; null until it is whole. One to a profile that was taken is short JSON, which ends with a brace. */
function statusOf(answer) {
  const status = Number(answer.latin1Slice(9, 12));
  if (status === 201) return answer.at(-1) === 0x7d ? status : null;
  const text = answer.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
  return end < 0 || text.length < end + 4 + length ? null : status;
}

async function pushAll(nextRequest, clients) {
  const answers = { pushed: 0, refused: 0 };
  const open = Array.from({ length: clients }, openClient);
  const started = performance.now();
  const work = async (client) => {
    for (let request = await nextRequest(); request !== undefined; request = await nextRequest()) {
      answers[(await client.ask(request)) === 201 ? 'pushed' : 'refused']++;
    }
  };
  await Promise.all(open.map(work));
  const millis = performance.now() - started;
  for (const client of open) client.close();
  return { ...answers, millis };
}

function onceEach(suffix) {
  const shift = Date.now() - lastMillis;
  const requests = corpus.map((profile) => requestOf(profile, suffix, profile.millis + shift));
  let at = 0;
  return () => requests[at++];
}

function paced(suffix, { perSecond, seconds }) {
  const started = performance.now();
  let at = 0;
  return async () => {
    const dueMillis = (at * 1_000) / perSecond;
    if (dueMillis >= seconds * 1_000) return undefined;
    const profile = corpus[at++ % corpus.length];
    const early = dueMillis - (performance.now() - started);
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    return requestOf(profile, suffix, Date.now());
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line);
  const next = task.perSecond === undefined ? onceEach(task.instance) : paced(task.instance, task);
  process.stdout.write(`${JSON.stringify(await pushAll(next, task.clients))}\n`);
}
