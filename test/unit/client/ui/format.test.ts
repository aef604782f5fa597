import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatDelta,
  formatDigits,
  formatMillis,
  formatMoment,
  formatRate,
  formatShare,
  formatShareOf,
  formatValue,
  keepUnits,
} from '../../../../client/ui/format.ts';

/** Tests read better with plain spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatValue', () => {
  test.each([
    [0, 'nanoseconds', '0 ns'],
    [950, 'nanoseconds', '950 ns'],
    [1_234_567, 'nanoseconds', '1.23 ms'],
    [36_000, 'ns', '36 µs'],
    [2_180, 'ms', '2.18 s'],
    [90, 'seconds', '1.5 min'],
    [512, 'bytes', '512 B'],
    [23_200, 'bytes', '22.7 KiB'],
    [5 * 2 ** 20, 'bytes', '5 MiB'],
    [1_200, 'objects', '1.2 k objects'],
    [7, 'count', '7'],
    [-1_500, 'ns', '−1.5 µs'],
    [-500, 'ns', '−500 ns'],
    [-5_000 * 2 ** 40, 'bytes', '−5,000 TiB'],
  ])('%d %s → %s', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });

  test('a value that rounds up to the next step is written in that step', () => {
    expect(plain(formatValue(999_999, 'ns'))).toBe('1 ms');
  });

  test('what is not a number is a dash', () => {
    expect(formatValue(Number.NaN, 'bytes')).toBe('–');
    expect(formatShare(Number.POSITIVE_INFINITY)).toBe('–');
    expect(formatDelta(Number.POSITIVE_INFINITY, 'share')).toBe('–');
  });
});

test('digits: three that matter, no needless zeros', () => {
  expect([0, 0.5, 1.5, 12.34, 123.4, 1_234.5, 100].map(formatDigits)).toEqual([
    '0',
    '0.5',
    '1.5',
    '12.3',
    '123',
    '1,235',
    '100',
  ]);
});

test('a whole that is nothing or less has no shares', () => {
  expect(plain(formatShareOf(1, 4))).toBe('25 %');
  expect([formatShareOf(1, 0), formatShareOf(-1, -4), formatShareOf(0, Number.NaN)]).toEqual(['—', '—', '—']);
});

test('a tiny share says that something is there', () => {
  expect(plain(formatShare(0.000_01))).toBe('<0.01 %');
  expect(plain(formatShare(0))).toBe('0 %');
  expect(plain(formatShare(0.1234))).toBe('12.3 %');
});

test('a delta carries its sign as text', () => {
  expect(plain(formatDelta(1_200_000, 'ns'))).toBe('+1.2 ms');
  expect(plain(formatDelta(-36_000, 'ns'))).toBe('−36 µs');
  expect(plain(formatDelta(0, 'ns'))).toBe('±0 ns');
  expect(plain(formatDelta(-0.5, 'share'))).toBe('−50 %');
});

test('rates and counts', () => {
  expect(plain(formatRate(7_714.2))).toBe('7,714 /s');
  expect(formatCount(1_234_567)).toBe('1,234,567');
});

test('what took less than the clock can tell is not said to have taken no time', () => {
  expect(plain(formatMillis(0))).toBe('<1 ms');
  expect(plain(formatMillis(0.4))).toBe('400 µs');
  expect(plain(formatMillis(1_840))).toBe('1.84 s');
});

test('a number is not parted from its unit, words are from each other', () => {
  expect(keepUnits('0.0 %, 12 µs of 3 calls, 1.2 × 57 objects')).toBe(
    '0.0\u00a0%, 12\u00a0µs of 3 calls, 1.2\u00a0× 57\u00a0objects',
  );
});

test('a moment has its day when that isn’t today, and its year when that isn’t this one', () => {
  const at = (year: number, month: number, day: number) => new Date(year, month, day, 9, 5, 7).getTime();
  const now = at(2026, 10, 28);
  expect([now, at(2026, 2, 12), at(2024, 2, 12)].map((moment) => formatMoment(moment, now))).toEqual([
    '09:05:07',
    '12 Mar 09:05:07',
    '12 Mar 2024 09:05:07',
  ]);
});
