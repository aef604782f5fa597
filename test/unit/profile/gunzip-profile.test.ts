import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE_LIMITS, gunzipProfile, readProfile, writeProfile } from '../../../server/profile/index.ts';
import { profileFromText } from '../../support/profile-text.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const raw = writeProfile(profileFromText('main.a;main.b 10'));
const zipped = new Uint8Array(gzipSync(raw));

test('inflates gzip and hands everything else back', () => {
  expect([...gunzipProfile(zipped)]).toEqual([...raw]);
  expect(gunzipProfile(raw)).toBe(raw);
});

test('every truncated gzip is refused', () => {
  for (let length = 0; length < zipped.length; length++) {
    const refusal = refusalOf(() => readProfile(gunzipProfile(zipped.subarray(0, length))));
    expect(refusal.code, `${length} bytes`).toBe('malformed-profile');
  }
});

test('a damaged gzip is refused', () => {
  const damaged = zipped.with(zipped.length - 6, 1 ^ (zipped.at(-6) ?? 0));
  expect(refusalOf(() => gunzipProfile(damaged))).toEqual({
    code: 'malformed-profile',
    message: 'malformed profile at byte 0: the gzip data is damaged (incorrect data check)',
  });
});

describe('limits', () => {
  test('a gzip bomb is refused while it inflates', () => {
    const bomb = gzipSync(new Uint8Array(64 * 1024 * 1024));
    expect(refusalOf(() => gunzipProfile(bomb))).toEqual({
      code: 'over-limit',
      message: 'profile refused: its inflated size is 16777217 or more, the limit is 16777216',
    });
  });

  test('too large a gzip is refused before it is inflated', () => {
    const refusal = refusalOf(() => gunzipProfile(zipped, { ...DEFAULT_PROFILE_LIMITS, gzipBytes: 20 }));
    expect(refusal.message).toBe(`profile refused: its gzip size is ${zipped.length}, the limit is 20`);
  });
});
