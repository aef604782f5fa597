import { describe, expect, it } from 'vitest';
import { ColumnReader, ColumnWriter } from '../../../server/store/columns.ts';

const written = (write: (columns: ColumnWriter) => void): Uint8Array => {
  const columns = new ColumnWriter();
  write(columns);
  return columns.finish();
};

describe('columns of numbers and texts', () => {
  it('keep every number that they take', () => {
    const unsigned = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER];
    const signed = [0, -1, 1, -64, 64, -(2 ** 31), 2 ** 52 - 1, -(2 ** 52) + 1];
    const signed64 = [0n, -1n, 1n, 63n, -64n, 2n ** 52n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)];
    const reader = new ColumnReader(
      written((columns) => {
        for (const value of unsigned) columns.unsigned(value);
        for (const value of signed) columns.signed(value);
        for (const value of signed64) columns.signed64(value);
      }),
    );
    expect(unsigned.map(() => reader.unsigned())).toEqual(unsigned);
    expect(signed.map(() => reader.signed())).toEqual(signed);
    expect(signed64.map(() => reader.signed64())).toEqual(signed64);
    reader.expectEnd();
  });

  it('take a byte for small numbers on either side of 0', () => {
    const bytes = written((columns) => {
      for (const value of [0, -1, 1, -2]) columns.signed(value);
      columns.unsigned(300);
    });
    expect([...bytes]).toEqual([0, 1, 2, 3, 0xac, 0x02]);
  });

  it('grow with what is written', () => {
    const long = new Uint8Array(10_000).fill(7);
    const bytes = written((columns) => {
      for (let value = 0; value < 3_000; value++) columns.unsigned(5);
      columns.raw(long);
    });
    const reader = new ColumnReader(bytes);
    for (let value = 0; value < 3_000; value++) expect(reader.unsigned()).toBe(5);
    expect(reader.raw(10_000)).toEqual(Buffer.from(long));
  });

  it('refuse what ends early, goes on, or is too large', () => {
    expect(() => new ColumnReader(Uint8Array.of(0x80)).unsigned()).toThrow('it ends before');
    expect(() => new ColumnReader(Uint8Array.of(1, 2)).raw(3)).toThrow('it ends');
    expect(() => new ColumnReader(Uint8Array.of(1)).expectEnd()).toThrow('1 bytes follow');
    expect(() => new ColumnReader(new Uint8Array(20).fill(0xff)).unsigned()).toThrow('too large');
    expect(() => new ColumnReader(new Uint8Array(20).fill(0xff)).signed64()).toThrow('too large');
  });
});
