export interface GoImport {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** One token of a Go file's head: comments and white space are passed over, text in quotes is one token. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|[\p{L}_][\p{L}\p{N}_]*|[().;]|[\s\S]/uy;

/**
 * The imports of a Go source file. Imports stand before all other declarations, so reading stops at the first word that is
 * none; a file that doesn't parse so far gives what was found: the compiler then says what is wrong with it.
 *
 *     package main; import ( f "fmt"; . "bazaar/internal/shop" )   →   fmt, bazaar/internal/shop
 */
export function scanImports(source: string): GoImport[] {
  const found: GoImport[] = [];
  let packageWords = 0;
  let inImport = false;
  let inGroup = false;
  for (const { text, line, column } of tokens(source)) {
    if (packageWords < 2) {
      packageWords++;
      if (packageWords === 1 && text !== 'package') return found;
    } else if (text === 'import') inImport = true;
    else if (inImport && text === '(') inGroup = true;
    else if (inGroup && text === ')') {
      inGroup = false;
      inImport = false;
    } else if (inImport && QUOTED.test(text)) {
      found.push({ path: unquote(text), line, column });
      inImport = inGroup;
    } else if (inImport ? ODD.test(text) : text !== ';') return found;
  }
  return found;
}

const QUOTED = /^(?:"[\s\S]*"|`[\s\S]*`)$/;
/** What can't stand in an import declaration, e.g. the quote of a text without an end. */
const ODD = /^[^\p{L}_.;]/u;

interface Token {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

function* tokens(source: string): Generator<Token> {
  const pattern = new RegExp(TOKEN);
  let at = source.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  let lineStart = at;
  while (at < source.length) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0] ?? '';
    if (text === '') return;
    if (!/^(?:\s|\/\/|\/\*)/.test(text))
      yield { text, line, column: Buffer.byteLength(source.slice(lineStart, at)) + 1 };
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
      line++;
      lineStart = at + end + 1;
    }
    at += text.length;
  }
}

/** Import paths need no escapes; `"\x43"` is "C" all the same. */
function unquote(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith('`')) return inner.replaceAll('\r', '');
  return inner.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{3})|(.))/g, (_, hex, unicode, octal, other) => {
    if (other !== undefined) return other;
    return String.fromCharCode(octal === undefined ? Number.parseInt(hex ?? unicode, 16) : Number.parseInt(octal, 8));
  });
}
