import { describe, expect, it } from 'vitest';
import { chooseStep } from '../../../server/http/choose-step.ts';
import {
  labelList,
  optionalText,
  readParameters,
  requiredText,
  stepParameter,
  timeParameter,
  wholeNumber,
} from '../../../server/http/query-parameters.ts';

const time = (text: string) => timeParameter(text, 'from');

describe('a time', () => {
  it.each([
    ['1700000000123', 1_700_000_000_123],
    ['0', 0],
    ['2026-01-02T15:04:05Z', Date.UTC(2026, 0, 2, 15, 4, 5)],
    ['2026-01-02t15:04:05z', Date.UTC(2026, 0, 2, 15, 4, 5)],
    ['2026-01-02T15:04:05.678901234Z', Date.UTC(2026, 0, 2, 15, 4, 5, 678)],
    ['2026-01-02T15:04:05+02:00', Date.UTC(2026, 0, 2, 13, 4, 5)],
    ['2026-01-02T15:04:05 02:00', Date.UTC(2026, 0, 2, 13, 4, 5)],
    ['2026-01-02T15:04:05-02:30', Date.UTC(2026, 0, 2, 17, 34, 5)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('%s is read', (text, millis) => expect(time(text)).toBe(millis));

  it.each([
    'yesterday',
    '-1',
    '1.5',
    '1e12',
    '2026-01-02',
    '2026-02-29T00:00:00Z',
    '2026-01-02T25:00:00Z',
    'NaN',
    '0x10',
  ])('%s is refused with what was seen and what is expected', (text) => {
    expect(() => time(text)).toThrow(`parameter from: seen ${JSON.stringify(text)}, expected RFC 3339`);
  });
});

describe('a whole number', () => {
  const read = wholeNumber({ min: 0, max: 100, absent: 20 });
  it('has a value when absent', () => expect(read(null, 'n')).toBe(20));
  it.each(['-1', '101', '1.5', '', ' 1', '1e2', 'many'])('%j is refused', (text) => {
    expect(() => read(text, 'n')).toThrow('expected a whole number from 0 to 100');
  });
});

describe('a step', () => {
  it.each([
    ['250', 250],
    ['500ms', 500],
    ['15s', 15_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('%s is read', (text, millis) => expect(stepParameter(text, 'step')).toBe(millis));
  it.each(['0', '0s', '1w', '-1s', '1.5s', 's'])('%s is refused', (text) => {
    expect(() => stepParameter(text, 'step')).toThrow('parameter step: seen');
  });

  it('that is absent is 1 s, or coarser for a long window', () => {
    expect(chooseStep({ from: null, to: null, step: null })).toBe(1_000);
    expect(chooseStep({ from: 0, to: 60_000, step: null })).toBe(1_000);
    expect(chooseStep({ from: 0, to: 86_400_000, step: null })).toBe(7_855);
  });

  it('that makes too many points is refused with one that does not', () => {
    expect(() => chooseStep({ from: 0, to: 86_400_000, step: 1_000 })).toThrow('take 7855 ms or more');
  });
});

describe('the parameters of a route', () => {
  const read = (query: string) => readParameters(new URLSearchParams(query), { name: requiredText, by: labelList });

  it('are read by name', () => expect(read('name=a&by=x,y')).toEqual({ name: 'a', by: ['x', 'y'] }));
  it('may be absent or empty, which is the same', () => {
    expect(readParameters(new URLSearchParams('match='), { match: optionalText })).toEqual({ match: null });
    expect(() => read('name=')).toThrow('parameter name is missing');
  });
  it('are refused by name when unknown', () => {
    expect(() => read('name=a&seconds=5')).toThrow('unknown parameter "seconds"; this route knows name, by');
  });
  it('are refused when repeated', () => expect(() => read('name=a&name=b')).toThrow('name is there more than once'));
  it('named like a member of every object are unknown', () => {
    expect(() => read('name=a&constructor=b')).toThrow('unknown parameter "constructor"');
  });
  it.each(['x,', ',', 'x,"y"'])('that list labels (%s) are refused when one has no name', (by) => {
    expect(() => read(`name=a&by=${by}`)).toThrow('expected label names with commas between them');
  });
});
