/**
 * Text for a terminal's cells. Names in profiles and messages of services are foreign: what could move the cursor, change
 * colours or turn the writing direction is taken out, before anything is measured or cut.
 */
const MARKS = /^\p{M}/u;
/** East Asian wide characters and emoji take two cells. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** One line without control, format and unpaired surrogate characters; white space is a space. */
export function plainText(text: string): string {
  return text.replace(/\s/gu, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
}

/** Cells that plain text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += cellsOf(character);
  return width;
}

const cellsOf = (character: string): number => (MARKS.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** At most `width` cells; what was cut ends with `…`. */
export function cut(text: string, width: number): string {
  const plain = plainText(text);
  if (widthOf(plain) <= width) return plain;
  if (width < 1) return '';
  let used = 1;
  let kept = '';
  for (const character of plain) {
    used += cellsOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Exactly `width` cells: cut, or filled with spaces behind (`end`: before) the text. */
export function fill(text: string, width: number, align: 'start' | 'end' = 'start'): string {
  const kept = cut(text, width);
  const space = ' '.repeat(Math.max(0, width - widthOf(kept)));
  return align === 'start' ? kept + space : space + kept;
}

/** Lines of at most `width` cells, broken between words; line ends and indents stay, a word that is too long is broken. */
export function wrap(text: string, width: number): string[] {
  return text.split(/\r?\n/).flatMap((line) => wrapLine(plainText(line.trimEnd()), Math.max(2, width)));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<=\S)(?=\s)/)) {
    if (widthOf(current + word) <= width) {
      current += word;
      continue;
    }
    if (current !== '') lines.push(current);
    const pieces = breakWord(current === '' ? word : word.trimStart(), width);
    current = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return [...lines, current];
}

function breakWord(word: string, width: number): string[] {
  const pieces = [''];
  for (const character of word) {
    const last = pieces.at(-1) ?? '';
    if (last === '' || widthOf(last + character) <= width) pieces[pieces.length - 1] = last + character;
    else pieces.push(character);
  }
  return pieces;
}
