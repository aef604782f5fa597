import { RE2JS } from 're2js';
import { AppError } from '../errors.ts';
import { createSelectorScanner, type SelectorScanner } from './selector-scanner.ts';

/** One matcher of a PromQL-like selector. `=~` and `!~` are anchored and RE2; an absent label is "". */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  /** True when the label's value satisfies this matcher. Linear time in the length of the value. */
  matches(value: string): boolean;
}

/** All matchers hold; the empty selector matches everything. */
export type Selector = readonly Matcher[];

/** Longer ones are refused: the time to match grows with the length of the pattern. */
const MAX_SELECTOR_LENGTH = 8_192;

/**
 * Reads a selector in PromQL's form; the braces are required, so that there is one way to write it.
 *
 *     {service="checkout", version!="v1", tenant=~"t.*",}     label names that aren't identifiers stand in quotes: {"http.route"="/"}
 *     {}  and empty text                                      everything
 *
 * Throws `bad-selector` with `detail: {position, expected}`; positions count UTF-16 units from 0.
 */
export function parseSelector(text: string): Selector {
  if (text.length > MAX_SELECTOR_LENGTH) {
    throw new AppError(
      'bad-selector',
      `the selector has ${text.length} characters; at most ${MAX_SELECTOR_LENGTH} fit`,
      {
        detail: { position: MAX_SELECTOR_LENGTH, expected: 'the end' },
      },
    );
  }
  const scanner = createSelectorScanner(text);
  if (scanner.atEnd()) return [];
  const matchers: Matcher[] = [];
  scanner.expect('{');
  while (!scanner.accept('}')) {
    matchers.push(scanMatcher(scanner));
    if (scanner.accept(',')) continue;
    scanner.expect('}', '"," or "}"');
    break;
  }
  if (!scanner.atEnd()) throw scanner.fail('the end of the selector');
  return matchers;
}

/**
 * True when every matcher holds for the values that `valuesFor` gives for its label; none is one that is "". Of several values,
 * which a sample may have, one is enough for `=` and `=~`, and `!=` and `!~` say the opposite of those.
 */
export function selectorMatches(selector: Selector, valuesFor: (label: string) => readonly string[]): boolean {
  return selector.every((matcher) => {
    const given = valuesFor(matcher.label);
    const values = given.length === 0 ? [''] : given;
    const holds = (value: string): boolean => matcher.matches(value);
    return matcher.op === '=' || matcher.op === '=~' ? values.some(holds) : values.every(holds);
  });
}

function scanMatcher(scanner: SelectorScanner): Matcher {
  const label = scanner.labelName();
  const op = scanner.operator();
  const position = scanner.position();
  const value = scanner.quoted('a quoted value');
  if (op === '=') return { label, op, value, matches: (seen) => seen === value };
  if (op === '!=') return { label, op, value, matches: (seen) => seen !== value };
  const pattern = compilePattern(value, position);
  const wanted = op === '=~';
  return { label, op, value, matches: (seen) => pattern.matches(seen) === wanted };
}

/** Anchored by `matches`; `.` takes a line break too, as Prometheus compiles it. */
function compilePattern(value: string, position: number): RE2JS {
  try {
    return RE2JS.compile(value, RE2JS.DOTALL);
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('bad-selector', `position ${position}: expected a regular expression in RE2 syntax: ${seen}`, {
      cause,
      detail: { position, expected: 'a regular expression in RE2 syntax' },
    });
  }
}
