import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBody } from '../../protocol/index.ts';
import { systemClock } from '../../server/clock.ts';
import { writeProfile } from '../../server/profile/index.ts';
import { createProfileParser } from '../../server/profile/profile-parser.ts';
import { openStore, type ProfileStore } from '../../server/store/index.ts';
import { profileFunctions } from '../../server/wiring/profile-functions.ts';
import { type OpenLab, openLab } from '../support/open-lab.ts';
import { number, packed, record, smallProfile, text, workFunction, workLocation } from '../support/pprof-wire.ts';
import { profileFromText } from '../support/profile-text.ts';

/** What people push (HAZARDS.md, Profiles), through the real route, reader and store: refused, and nothing is lost. */
const parser = createProfileParser({ workers: 1 });
const good = gzipSync(writeProfile(profileFromText('main.main;main.work 10')));
let folder: string;
let store: ProfileStore;
let lab: OpenLab;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flamelab-hostile-'));
  store = await openStore({ dir: folder, clock: systemClock, log: () => {} });
  lab = await openLab({ rooms: { store, profiles: profileFunctions((bytes) => parser.parse(bytes)) } });
  expect((await push(good)).status).toBe(201);
});
afterAll(async () => {
  await lab.close();
  await store.close();
  await parser.close();
  await rm(folder, { recursive: true });
});

const push = (body: Uint8Array<ArrayBuffer> | string, service = 'shop'): Promise<Response> =>
  fetch(`${lab.url}/api/profiles?kind=cpu&service=${service}`, { method: 'POST', headers: lab.bearer, body });

const work = [workFunction, workLocation];
const sample = (...parts: number[][]): number[] => record(2, ...parts);
const bytesOf = (bytes: Uint8Array | readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);
const manySamples = (count: number): Uint8Array<ArrayBuffer> => {
  const one = sample(packed(1, 1), number(2, 1));
  const head = smallProfile(...work);
  const bytes = new Uint8Array(head.length + one.length * count);
  bytes.set(head);
  for (let i = 0; i < count; i++) bytes.set(one, head.length + i * one.length);
  return bytes;
};

const refused: [string, () => Uint8Array<ArrayBuffer> | string, number, string, RegExp][] = [
  ['nothing', () => '', 400, 'malformed-profile', /body is empty/],
  ['a web page', () => '<!doctype html><title>Sign in</title>', 400, 'malformed-profile', /web page/],
  ['JSON', () => '{"error":"no"}', 400, 'malformed-profile', /malformed profile at byte 0/],
  ['a gzip that ends early', () => good.slice(0, good.length - 12), 400, 'malformed-profile', /gzip/],
  ['a gzip of something else', () => gzipSync('hello'), 400, 'malformed-profile', /at byte \d+/],
  [
    'a raw profile that ends early',
    () => bytesOf(smallProfile(...work).slice(0, -3)),
    400,
    'malformed-profile',
    /at byte \d+/,
  ],
  ['a gzip bomb', () => gzipSync(new Uint8Array(64 * 1024 * 1024)), 413, 'over-limit', /inflate/],
  [
    '4 MB of gzip',
    () => Uint8Array.from([...good.slice(0, 10), ...new Uint8Array(4 * 1024 * 1024)]),
    413,
    'too-large',
    /4194304/,
  ],
  ['16 MB raw', () => new Uint8Array(16 * 1024 * 1024 + 1), 413, 'too-large', /./],
  [
    'a bomb of empty records',
    () => gzipSync(Buffer.alloc(12 * 1024 * 1024, Buffer.from([0x12, 0x00]))),
    413,
    'over-limit',
    /samples/,
  ],
  ['ten million samples', () => gzipSync(manySamples(1_800_000)), 413, 'over-limit', /100,?000/],
  [
    'a stack 1,001 deep',
    () => bytesOf(smallProfile(...work, sample(packed(1, ...Array<number>(1_001).fill(1)), number(2, 1)))),
    413,
    'over-limit',
    /1,?000/,
  ],
  ['a name of 1,025 bytes', () => bytesOf(smallProfile(text(6, 'x'.repeat(1_025)))), 413, 'over-limit', /1,?024/],
  [
    'a string that is not there',
    () => bytesOf(smallProfile(record(5, number(1, 1), number(2, 99)))),
    422,
    'inconsistent-profile',
    /99/,
  ],
  [
    'a function that is not there',
    () => bytesOf(smallProfile(record(4, number(1, 1), record(4, number(1, 7))))),
    422,
    'inconsistent-profile',
    /refers to a function that is not there/,
  ],
  [
    'a location that is not there',
    () => bytesOf(smallProfile(sample(packed(1, 5), number(2, 1)))),
    422,
    'inconsistent-profile',
    /5/,
  ],
  [
    'two values for one type',
    () => bytesOf(smallProfile(...work, sample(packed(1, 1), packed(2, 1, 2)))),
    422,
    'inconsistent-profile',
    /./,
  ],
  ['no sample types', () => bytesOf(text(6, '')), 422, 'no-sample-types', /./],
];

describe('pushed', () => {
  it.each(refused)('%s is refused', async (_, body, status, code, message) => {
    const answer = await push(body());
    const { error } = errorBody.parse(await answer.json());
    expect({ status: answer.status, code: error.code }).toEqual({ status, code });
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['a profile without samples', smallProfile()],
    ['a delta below 0', smallProfile(...work, sample(packed(1, 1), number(2, -5n)))],
    ['an int64 at its end', smallProfile(...work, sample(packed(1, 1), number(2, -(2n ** 63n))))],
  ])('%s is kept', async (_, bytes) => {
    expect((await push(bytesOf(bytes), 'odd')).status).toBe(201);
  });

  it('refused ones leave nothing behind, and the lab answers', async () => {
    const before = (await store.stats()).profiles;
    await Promise.all(refused.map(([, body]) => push(body()).then((answer) => answer.arrayBuffer())));
    expect((await store.stats()).profiles).toBe(before);
    expect(await (await fetch(`${lab.url}/api/health`)).json()).toEqual({ ok: true });
    const top = await fetch(`${lab.url}/api/top?kind=cpu&match={service="shop"}&focus=main.main`, {
      headers: lab.bearer,
    });
    expect((await top.json()).rows).toEqual([
      expect.objectContaining({ name: 'main.work', flat: 10 }),
      expect.objectContaining({ name: 'main.main', flat: 0, cum: 10 }),
    ]);
  });
});
