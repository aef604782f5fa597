import { describe, expect, it } from 'vitest';
import { decodeText, KnownStrings } from '../../../server/profile/known-strings.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('KnownStrings', () => {
  const known = new KnownStrings();
  const readBytes = (bytes: Uint8Array, from = 0, to = bytes.length): string => {
    const number = known.numberOf(bytes, from, to);
    return number < 0 ? decodeText(bytes.subarray(from, to)) : known.text(number);
  };
  const read = (text: string): string => readBytes(bytesOf(text));

  it.each(['', 'a', 'main.main', 'main.(*Server).handle', 'κ.λ', '🔥', '\ufeffx', '\0', 'x'.repeat(1_024)])(
    'gives %j back, at first and again',
    (text) => {
      expect([read(text), read(text)]).toEqual([text, text]);
    },
  );

  it('reads a part of the bytes', () => {
    expect(readBytes(bytesOf('xxmain.mainyy'), 2, 11)).toBe('main.main');
  });

  it('tells strings apart that differ in one byte, wherever it stands', () => {
    const base = 'a'.repeat(100);
    const others = Array.from(base, (_, at) => `${base.slice(0, at)}b${base.slice(at + 1)}`);
    for (let round = 0; round < 2; round++) expect([base, ...others].map(read)).toEqual([base, ...others]);
  });

  it('reads more strings of one hash than it remembers', () => {
    // Bytes 1 to 7 of a long string aren't hashed.
    const alike = Array.from({ length: 50 }, (_, at) => `a${String(at).padStart(7, '0')}${'z'.repeat(30)}`);
    for (let round = 0; round < 2; round++) expect(alike.map(read)).toEqual(alike);
  });

  it('gives one number to one string, and keeps it until it begins anew with another numbering', () => {
    const [own, { numbering }] = [new KnownStrings(), known];
    const numberOf = (text: string): number => own.numberOf(bytesOf(text), 0, bytesOf(text).length);
    const before = own.numbering;
    const first = numberOf('main.first');
    for (let at = 0; at < 70_000; at++) numberOf(`main.f${at}`);
    expect([numberOf('main.first'), numberOf('main.f69999'), own.numbering]).toEqual([first, -1, before]);
    own.begin();
    expect(own.numbering).not.toBe(before);
    expect(numberOf('main.f69999')).toBeGreaterThan(0);
    expect(known.numbering).toBe(numbering);
  });

  it('goes on when it remembers no more, since there were too many', () => {
    const many = Array.from({ length: 70_000 }, (_, at) => `main.f${at}`);
    for (let round = 0; round < 2; round++) expect(many.every((text) => read(text) === text)).toBe(true);
    const long = Array.from({ length: 9_000 }, (_, at) => `${at}${'l'.repeat(1_000)}`);
    expect(long.every((text) => read(text) === text)).toBe(true);
  });

  it('puts U+FFFD for bytes that are not UTF-8', () => {
    expect(readBytes(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb');
  });
});
