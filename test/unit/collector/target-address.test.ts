import { describe, expect, it, test } from 'vitest';
import { type LookUp, pinAddress } from '../../../server/collector/target-address.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const resolvesTo =
  (...addresses: string[]): LookUp =>
  async () =>
    addresses.map((address) => ({ address }));

describe('an address that is attached', () => {
  it.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'localhost:6060',
    'unix:///run/api.sock',
    'gopher://127.0.0.1:70/',
    'javascript:alert(1)',
    '/debug/pprof',
    '',
  ])('%j is refused: http and https only', (text) => {
    const { code, message } = refusalOf(() => pinAddress(text));
    expect(code).toBe('bad-request');
    expect(message).toBe(
      `${JSON.stringify(text)} is not an http address: expected http://HOST:PORT, e.g. http://127.0.0.1:6060`,
    );
  });

  it('carries no password', () => {
    expect(refusalOf(() => pinAddress('http://me:secret@127.0.0.1/')).message).not.toContain('secret');
  });

  it('has no query', () => {
    expect(refusalOf(() => pinAddress('http://127.0.0.1/?debug=1')).message).toContain('has a query or a fragment');
  });

  it.each([
    ['http://127.0.0.1:6060/debug/pprof/', 'http://127.0.0.1:6060'],
    ['http://127.0.0.1:6060/debug/pprof/heap', 'http://127.0.0.1:6060'],
    ['http://127.0.0.1:6060/admin/debug/pprof', 'http://127.0.0.1:6060/admin'],
    ['https://api.local/', 'https://api.local'],
  ])('%s is scraped at %s', (text, url) => expect(pinAddress(text).url).toBe(url));

  it('has the port of its scheme, and brackets around IPv6', async () => {
    const plain = pinAddress('https://[::1]/');
    await plain.get();
    expect(plain.shown()).toBe('[::1]:443');
  });
});

describe('link-local and metadata addresses are refused', () => {
  it.each([
    'http://169.254.169.254/',
    'http://2852039166/',
    'http://0xA9FEA9FE/',
    'http://0251.0376.0251.0376/',
    'http://0251.254.0xa9.254/',
    'http://169.254.43518/',
    'http://169.254.169.254./',
    'http://①⑥⑨.254.169.254/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
    'http://[::169.254.169.254]/',
    'http://[::ffff:0:a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::1]/',
    'http://[fe80::1]/',
    'http://[febf:ffff::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
    'http://[::]/',
    'http://0.0.0.0/',
    'http://0/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
  ])('%s', async (text) => {
    await expect(pinAddress(text).get()).rejects.toThrow(
      /is a link-local, metadata, multicast or unspecified address: those are never scraped/,
    );
  });

  it('also as one of the addresses of a name', async () => {
    const pinned = pinAddress('http://metadata.example/', resolvesTo('10.0.0.7', '169.254.169.254'));
    await expect(pinned.get()).rejects.toThrow('169.254.169.254 (metadata.example) is a link-local');
  });

  it.each(['http://127.0.0.1:6060', 'http://[::1]:6060', 'http://10.0.0.7', 'http://[::ffff:127.0.0.1]:6060'])(
    'while %s is fine',
    async (text) => expect((await pinAddress(text).get()).port).toBeGreaterThan(0),
  );
});

test('a name is resolved once and pinned: what it resolves to later changes nothing', async () => {
  const answers = ['10.0.0.7', '169.254.169.254'];
  const pinned = pinAddress('http://api.example:6060', async () => [{ address: answers.shift() ?? '' }]);
  expect(pinned.shown()).toBeNull();
  const first = await pinned.get();
  expect(await pinned.get()).toBe(first);
  expect(first).toMatchObject({ address: '10.0.0.7', host: 'api.example:6060', port: 6060 });
  expect(pinned.shown()).toBe('10.0.0.7:6060');
  expect(answers).toEqual(['169.254.169.254']);
});

test('a name that is not found is said, and asked again the next time', async () => {
  let asked = 0;
  const pinned = pinAddress('http://nobody.example', async () => {
    asked += 1;
    if (asked === 1) throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    return [{ address: '10.0.0.7' }];
  });
  await expect(pinned.get()).rejects.toThrow("nobody.example can't be found (ENOTFOUND): is the name right?");
  expect((await pinned.get()).address).toBe('10.0.0.7');
});
