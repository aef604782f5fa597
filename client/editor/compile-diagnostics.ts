import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { CompileError } from '../../protocol/index.ts';

/**
 * Compile errors of one file as CodeMirror's diagnostics. A place beyond the text (it was edited since) becomes its last line; an
 * error without a line stands at line 1. The mark reaches from the column to the end of the word, or of the line:
 *
 *     12:5 undefined: foo        →   x := foo(bar)
 *                                         ‾‾‾
 */
export function compileDiagnostics(errors: readonly CompileError[], path: string, text: Text): Diagnostic[] {
  return errors
    .filter((error) => error.file === path)
    .map((error) => {
      const line = text.line(Math.min(Math.max(error.line ?? 1, 1), text.lines));
      const from = Math.min(line.from + Math.max((error.column ?? 1) - 1, 0), line.to);
      const word = /^\w+/.exec(text.sliceString(from, line.to))?.[0];
      const to = word === undefined ? line.to : from + word.length;
      return { from, to: Math.max(to, from), severity: 'error', source: 'go build', message: error.message };
    });
}
