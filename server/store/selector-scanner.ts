import { AppError } from '../errors.ts';
import type { Matcher } from './selector.ts';

/** Reads the words of a selector from left to right; blanks between words are skipped. Every failure is `bad-selector`. */
export interface SelectorScanner {
  atEnd(): boolean;
  position(): number;
  accept(char: string): boolean;
  expect(char: string, expected?: string): void;
  labelName(): string;
  operator(): Matcher['op'];
  quoted(expected: string): string;
  fail(expected: string, position?: number): AppError;
}

const OPERATORS = ['=~', '!~', '!=', '='] as const;
const SIMPLE_ESCAPES: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '\\': 92 };
const CODE_ESCAPES: Record<string, number> = { x: 2, u: 4, U: 8 };

export function createSelectorScanner(text: string): SelectorScanner {
  let at = 0;

  const skipBlanks = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  };
  const fail = (expected: string, position = at): AppError => {
    const seen = position < text.length ? JSON.stringify(text.slice(position, position + 12)) : 'the end';
    return new AppError('bad-selector', `position ${position}: expected ${expected}, found ${seen}`, {
      detail: { position, expected },
    });
  };
  const accept = (char: string): boolean => {
    skipBlanks();
    if (text.charAt(at) !== char) return false;
    at++;
    return true;
  };
  const quoted = (expected: string): string => {
    skipBlanks();
    const quote = text.charAt(at);
    if (quote === '' || !'"\'`'.includes(quote)) throw fail(expected);
    const read = quote === '`' ? readRaw(text, at + 1) : readEscaped(text, at + 1, quote, fail);
    if (read === null) throw fail(`a closing ${quote}`, text.length);
    at = read.next;
    return read.value;
  };

  return {
    fail,
    accept,
    quoted,
    atEnd() {
      skipBlanks();
      return at >= text.length;
    },
    position() {
      skipBlanks();
      return at;
    },
    expect(char, expected = `"${char}"`) {
      if (!accept(char)) throw fail(expected);
    },
    labelName() {
      skipBlanks();
      if (text.charAt(at) !== '' && '"\'`'.includes(text.charAt(at))) return quoted('a label name');
      const start = at;
      while (isNameChar(text.charCodeAt(at), at > start)) at++;
      if (at === start) throw fail('a label name or "}"');
      return text.slice(start, at);
    },
    operator() {
      skipBlanks();
      const found = OPERATORS.find((operator) => text.startsWith(operator, at));
      if (found === undefined) throw fail('=, !=, =~ or !~');
      at += found.length;
      return found;
    },
  };
}

/** NaN (the end of the text) is no name character. */
function isNameChar(code: number, digits: boolean): boolean {
  const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  return letter || (digits && code >= 48 && code <= 57);
}

interface Read {
  readonly value: string;
  readonly next: number;
}

function readRaw(text: string, start: number): Read | null {
  const end = text.indexOf('`', start);
  return end < 0 ? null : { value: text.slice(start, end), next: end + 1 };
}

/** Go's escapes. `\x41` and `\101` are bytes, so the value is put together as UTF-8 bytes. */
function readEscaped(text: string, start: number, quote: string, fail: SelectorScanner['fail']): Read | null {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let at = start;
  for (;;) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (at >= text.length || char === '\n') return null;
    if (char === quote) return { value: new TextDecoder().decode(Uint8Array.from(bytes)), next: at + 1 };
    if (char !== '\\') {
      bytes.push(...encoder.encode(char));
      at += char.length;
      continue;
    }
    const found = readEscape(text, at + 1, quote);
    if (found === null) throw fail('an escape such as \\" or \\\\', at);
    bytes.push(...(found.isByte ? [found.code] : encoder.encode(String.fromCodePoint(found.code))));
    at = found.next;
  }
}

function readEscape(text: string, at: number, quote: string): { code: number; isByte: boolean; next: number } | null {
  const kind = text.charAt(at);
  if (kind === quote) return { code: quote.charCodeAt(0), isByte: true, next: at + 1 };
  const simple = SIMPLE_ESCAPES[kind];
  if (simple !== undefined) return { code: simple, isByte: true, next: at + 1 };
  const hexDigits = CODE_ESCAPES[kind];
  const [base, from, length] = hexDigits === undefined ? [8, at, 3] : [16, at + 1, hexDigits];
  const digits = text.slice(from, from + length);
  const code = Number.parseInt(digits, base);
  const valid = digits.length === length && (base === 8 ? /^[0-7]+$/ : /^[0-9a-fA-F]+$/).test(digits);
  const isByte = hexDigits === undefined || kind === 'x';
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (!valid || code > (isByte ? 0xff : 0x10ffff) || (surrogate && !isByte)) return null;
  return { code, isByte, next: from + length };
}
