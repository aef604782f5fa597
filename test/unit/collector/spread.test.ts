import { expect, test } from 'vitest';
import { spreadMillis } from '../../../server/collector/spread.ts';

test('starts are spread over the interval and the same every time', () => {
  const starts = Array.from({ length: 200 }, (_, index) => spreadMillis(`search-${index}`, 10_000));
  expect(starts).toEqual(Array.from({ length: 200 }, (_, index) => spreadMillis(`search-${index}`, 10_000)));
  for (let part = 0; part < 10; part++) {
    const inPart = starts.filter((start) => start >= part * 1_000 && start < (part + 1) * 1_000).length;
    expect(inPart).toBeGreaterThan(5);
  }
});

test('back to back has no spread', () => expect(spreadMillis('search-1', 0)).toBe(0));
