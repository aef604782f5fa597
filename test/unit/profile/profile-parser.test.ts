import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Clock } from '../../../server/clock.ts';
import type { AppError } from '../../../server/errors.ts';
import { readProfile, writeProfile } from '../../../server/profile/index.ts';
import { DEFAULT_PROFILE_LIMITS } from '../../../server/profile/profile-limits.ts';
import { createProfileParser, type ProfileParser } from '../../../server/profile/profile-parser.ts';
import { meaningOf } from '../../support/meaning-of-profile.ts';
import { packed, record } from '../../support/pprof-wire.ts';
import { profileFromText } from '../../support/profile-text.ts';
import { randomProfile } from '../../support/random-profile.ts';

const opened: ProfileParser[] = [];
const open = (options: Partial<Parameters<typeof createProfileParser>[0]> = {}) => {
  const parser = createProfileParser({ workers: 1, ...options });
  opened.push(parser);
  return parser;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((parser) => parser.close()));
});

/** Time that passes only when a test says so. */
function handClock() {
  const tasks: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    after(_, task) {
      tasks.push(task);
      return () => {
        const at = tasks.indexOf(task);
        if (at >= 0) tasks.splice(at, 1);
      };
    },
  };
  const pass = (steps: number): void => {
    for (let step = 0; step < steps; step++) tasks.shift()?.();
  };
  return { clock, pass };
}

test('a profile comes back whole from the thread, gzip or raw', async () => {
  const parser = open();
  for (let seed = 1; seed <= 5; seed++) {
    const bytes = writeProfile(randomProfile(seed));
    for (const sent of [gzipSync(bytes), bytes]) {
      const profile = await parser.parse(sent);
      expect(meaningOf(profile)).toEqual(meaningOf(readProfile(bytes)));
      expect(profile.stackNumbers?.ofStack).toHaveLength(profile.stacks.count);
    }
  }
});

test('the bytes stay the caller’s', async () => {
  const bytes = writeProfile(profileFromText('main.a 1'));
  const copy = bytes.slice();
  await open().parse(bytes);
  expect(bytes).toEqual(copy);
});

test('a refusal has its code, message and detail', async () => {
  await expect(open().parse(Buffer.from('<html>'))).rejects.toMatchObject({
    code: 'malformed-profile',
    message: expect.stringContaining('it is a web page'),
    detail: { position: 0 },
  });
});

test('many at once are answered, each with its own', async () => {
  const parser = open({ workers: 2 });
  const texts = Array.from({ length: 20 }, (_, i) => `main.f${i} ${i + 1}`);
  const profiles = await Promise.all(texts.map((text) => parser.parse(writeProfile(profileFromText(text)))));
  expect(profiles.map((profile) => profile.functions[0]?.name)).toEqual(texts.map((text) => text.split(' ')[0]));
});

test('a thread that is over time is replaced; the next profile is read', async () => {
  const { clock, pass } = handClock();
  const parser = open({ clock });
  const bytes = writeProfile(profileFromText('main.a 1'));
  await parser.parse(bytes);
  const late = parser.parse(bytes);
  const next = parser.parse(bytes);
  pass(10);
  await expect(late).rejects.toMatchObject({ code: 'over-limit', message: /took more than 2000 ms/ });
  expect((await next).samples.count).toBe(1);
});

test('of several that a thread has at once, only the one that takes too long is refused', async () => {
  const limits = { ...DEFAULT_PROFILE_LIMITS, inflatedBytes: 1e9, samples: 1e9, frames: 1e12 };
  const parser = open({ limits, parseMillis: 250 });
  const small = writeProfile(profileFromText('main.a 1'));
  const ones = Array.from({ length: 1_000 }, () => 1);
  const sample = Uint8Array.from(record(2, packed(1, ...ones), packed(2, 1)));
  const endless = gzipSync(Buffer.concat([small, Buffer.alloc(sample.length * 80_000, sample)]));
  await parser.parse(small);
  const sent = [small, small, small, endless, small, small, small].map((bytes) => parser.parse(bytes));
  const outcomes = await Promise.all(
    sent.map((one) =>
      one.then(
        ({ samples }) => samples.count,
        (error: AppError) => error.code,
      ),
    ),
  );
  expect(outcomes).toEqual([1, 1, 1, 'over-limit', 1, 1, 1]);
});

test('a stall of the server itself is a step of the time, not all of it', async () => {
  const { clock, pass } = handClock();
  const parser = open({ clock });
  const bytes = writeProfile(profileFromText('main.a 1'));
  await parser.parse(bytes);
  const late = parser.parse(bytes);
  pass(9);
  expect((await late).samples.count).toBe(1);
});

test('closing rejects what waits and what comes', async () => {
  const parser = open();
  const bytes = writeProfile(profileFromText('main.a 1'));
  const waiting = [parser.parse(bytes), parser.parse(bytes)].map((one) => one.catch((error) => error));
  await parser.close();
  expect(await Promise.all(waiting)).toMatchObject([{ code: 'busy' }, { code: 'busy' }]);
  await expect(parser.parse(bytes)).rejects.toMatchObject({ code: 'busy' });
});

test('what a lost thread had not begun is read by the next one, functions and all', async () => {
  const { clock, pass } = handClock();
  const parser = open({ clock });
  const known = writeProfile(profileFromText('main.a;main.b 1'));
  await parser.parse(known);
  const late = parser.parse(known);
  const others = Array.from({ length: 9 }, (_, i) =>
    parser.parse(writeProfile(profileFromText(`main.a;main.f${i} 1`))),
  );
  pass(10);
  await expect(late).rejects.toMatchObject({ code: 'over-limit' });
  const names = (await Promise.all(others)).map(({ functions }) => functions.map(({ name }) => name).sort());
  expect(names).toEqual(Array.from({ length: 9 }, (_, i) => ['main.a', `main.f${i}`]));
});
