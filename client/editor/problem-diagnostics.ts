import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { CodePosition, CodeProblem } from '../../protocol/index.ts';

/** What a language server says, as CodeMirror's diagnostics; a place beyond the text becomes its end. */
export function problemDiagnostics(problems: readonly CodeProblem[], text: Text): Diagnostic[] {
  return problems.map(({ from, to, severity, message, source }) => {
    const begin = offsetOf(from, text);
    return { from: begin, to: Math.max(begin, offsetOf(to, text)), severity, source, message };
  });
}

/** Both in UTF-16 units; positions count from 1. */
export function offsetOf({ line, column }: CodePosition, text: Text): number {
  const found = text.line(Math.min(line, text.lines));
  return line > text.lines ? text.length : Math.min(found.from + column - 1, found.to);
}

export function positionOf(offset: number, text: Text): CodePosition {
  const { number, from } = text.lineAt(offset);
  return { line: number, column: offset - from + 1 };
}
