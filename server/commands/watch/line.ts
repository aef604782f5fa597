import { cut, widthOf } from './plain-text.ts';

export type Style = 'plain' | 'bold' | 'dim' | 'good' | 'bad' | 'own' | 'bar';

/** A part of a line in one style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

export type Line = readonly Span[];

export const span = (text: string, style: Style = 'plain'): Span => ({ text, style });

/** All that is drawn goes through here: nothing but plain text of at most `width` cells leaves. */
export function cutLine(line: Line, width: number): Line {
  let left = width;
  return line.map(({ text, style }) => {
    const kept = cut(text, left);
    left -= widthOf(kept);
    return { text: kept, style };
  });
}

const CODES: Readonly<Record<Style, string>> = {
  plain: '',
  bold: '1',
  dim: '2',
  good: '1;32',
  bad: '1;31',
  own: '33',
  bar: '7',
};

/** As ANSI's "select graphic rendition" has it; without colour only the text. */
export function ansiFromLine(line: Line, colour: boolean): string {
  return line
    .map(({ text, style }) => (colour && style !== 'plain' ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text))
    .join('');
}
