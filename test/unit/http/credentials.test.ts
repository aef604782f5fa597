import { describe, expect, it } from 'vitest';
import { createCredentials } from '../../../server/http/credentials.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const MINUTE = 60_000;

describe('a one-time code', () => {
  it('makes one session', () => {
    const credentials = createCredentials(createHandClock());
    const code = credentials.newCode();
    const cookie = credentials.redeemCode(code);
    expect(credentials.findSession(cookie ?? '')).toMatch(/^[0-9a-f]{64}$/);
    expect(credentials.redeemCode(code)).toBeUndefined();
  });

  it('expires after ten minutes', () => {
    const clock = createHandClock();
    const credentials = createCredentials(clock);
    const [early, late] = [credentials.newCode(), credentials.newCode()];
    clock.advance(10 * MINUTE - 1);
    expect(credentials.redeemCode(early)).toBeDefined();
    clock.advance(1);
    expect(credentials.redeemCode(late)).toBeUndefined();
  });

  it('is neither a session, a key nor the token', () => {
    const credentials = createCredentials(createHandClock());
    const code = credentials.newCode();
    expect(credentials.findSession(code)).toBeUndefined();
    expect(credentials.isKey(code)).toBe(false);
    expect(credentials.isToken(code)).toBe(false);
  });
});

describe('sessions', () => {
  it('are 64 at most: one more ends the oldest, which is told', () => {
    const credentials = createCredentials(createHandClock());
    const ended: string[] = [];
    credentials.onSessionEnded((id) => ended.push(id));
    const cookies = Array.from({ length: 65 }, () => credentials.redeemCode(credentials.newCode()) ?? '');
    expect(credentials.findSession(cookies[0] ?? '')).toBeUndefined();
    expect(cookies.slice(1).every((cookie) => credentials.findSession(cookie) !== undefined)).toBe(true);
    expect(ended).toHaveLength(1);
  });

  it('that are revoked stay revoked, and are told once', () => {
    const credentials = createCredentials(createHandClock());
    const ended: string[] = [];
    const stop = credentials.onSessionEnded((id) => ended.push(id));
    const cookie = credentials.redeemCode(credentials.newCode()) ?? '';
    const id = credentials.findSession(cookie) ?? '';
    credentials.revokeSession(id);
    credentials.revokeSession(id);
    stop();
    expect(credentials.findSession(cookie)).toBeUndefined();
    expect(ended).toEqual([id]);
  });
});

describe('the token', () => {
  it('is compared whole', () => {
    const credentials = createCredentials(createHandClock());
    expect(credentials.isToken(credentials.token)).toBe(true);
    expect(credentials.isToken(credentials.token.slice(0, -1))).toBe(false);
    expect(credentials.isToken(`${credentials.token}x`)).toBe(false);
    expect(credentials.isToken('')).toBe(false);
    expect(credentials.isToken(`${credentials.token.slice(0, -1)}~`)).toBe(false);
    expect(credentials.isToken(`~${credentials.token.slice(1)}`)).toBe(false);
    // As many characters, more bytes.
    expect(credentials.isToken('ā'.repeat(credentials.token.length))).toBe(false);
  });
});
