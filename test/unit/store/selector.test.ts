import { describe, expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { parseSelector, selectorMatches } from '../../../server/store/selector.ts';

const shapeOf = (text: string) => parseSelector(text).map(({ label, op, value }) => [label, op, value]);

function failureOf(text: string): { code: string; detail: unknown } {
  try {
    parseSelector(text);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, detail: error.detail };
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('parseSelector', () => {
  it('reads all four operators, blanks and a trailing comma', () => {
    expect(shapeOf('{ service = "checkout",version!="v1", tenant=~"t.*" ,a_1!~`x`, }')).toEqual([
      ['service', '=', 'checkout'],
      ['version', '!=', 'v1'],
      ['tenant', '=~', 't.*'],
      ['a_1', '!~', 'x'],
    ]);
  });

  it('takes empty text and empty braces as everything', () => {
    expect(parseSelector('')).toEqual([]);
    expect(parseSelector(' {} ')).toEqual([]);
  });

  it('reads escapes as Go does, with bytes as UTF-8', () => {
    expect(shapeOf(String.raw`{a="\"\\\n\x41\101\u00e9\U0001F525\xc3\xa9",b='\'"',c=${'`'}\n${'`'}}`)).toEqual([
      ['a', '=', '"\\\nAAé🔥é'],
      ['b', '=', '\'"'],
      ['c', '=', '\\n'],
    ]);
  });

  it('takes quoted label names and characters outside the basic plane', () => {
    expect(shapeOf('{"http.route"="/🔥"}')).toEqual([['http.route', '=', '/🔥']]);
  });

  it('anchors patterns, lets the dot take line breaks, and treats an absent label as empty', () => {
    const holds = (text: string, value: string) => selectorMatches(parseSelector(text), () => [value]);
    expect(holds('{a=~"t.*"}', 'tenant')).toBe(true);
    expect(holds('{a=~"t.*"}', 'xt')).toBe(false);
    expect(holds('{a=~"a|b"}', 'ab')).toBe(false);
    expect(holds('{a=~"a.b"}', 'a\nb')).toBe(true);
    expect(holds('{a!~"t.*"}', 'xt')).toBe(true);
    expect(holds('{a=""}', '')).toBe(true);
    expect(holds('{a!=""}', '')).toBe(false);
  });

  it.each([
    ['{a="x"}', true],
    ['{a="z"}', false],
    ['{a=~"y|z"}', true],
    ['{a!="x"}', false],
    ['{a!="z"}', true],
    ['{a!~"y|z"}', false],
    ['{a="x",a="y"}', true],
    ['{a="x,y"}', false],
    ['{a=""}', false],
    ['{a!=""}', true],
  ])('%s of a label with the values x and y is %s', (text, expected) => {
    expect(selectorMatches(parseSelector(text), () => ['x', 'y'])).toBe(expected);
  });

  it('matches a pattern that backtracking engines choke on', () => {
    const [matcher] = parseSelector('{a=~"(a+)+$"}');
    expect(matcher?.matches(`${'a'.repeat(20_000)}!`)).toBe(false);
  });

  it.each([
    ['service="x"', 0, '"{"'],
    ['{service="x"', 12, '"," or "}"'],
    ['{service="x" version="y"}', 13, '"," or "}"'],
    ['{="x"}', 1, 'a label name or "}"'],
    ['{,}', 1, 'a label name or "}"'],
    ['{1a="x"}', 1, 'a label name or "}"'],
    ['{a>"x"}', 2, '=, !=, =~ or !~'],
    ['{a=x}', 3, 'a quoted value'],
    ['{a="x}', 6, 'a closing "'],
    ['{a="\\q"}', 4, 'an escape such as \\" or \\\\'],
    ['{a="\\ud800"}', 4, 'an escape such as \\" or \\\\'],
    ['{a=~"("}', 4, 'a regular expression in RE2 syntax'],
    ['{a=~"(?=x)"}', 4, 'a regular expression in RE2 syntax'],
    ['{a="b"} x', 8, 'the end of the selector'],
    ['cpu{a="b"}', 0, '"{"'],
  ])('refuses %s, naming position %i', (text, position, expected) => {
    expect(failureOf(text)).toEqual({ code: 'bad-selector', detail: { position, expected } });
  });

  it('refuses a selector that is too long', () => {
    expect(failureOf(`{a="${'x'.repeat(9_000)}"}`).code).toBe('bad-selector');
  });
});
