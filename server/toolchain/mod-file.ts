import type { CompileError } from '../../protocol/index.ts';
import { type SourceFiles, textOf } from './source-state.ts';

/** go.mod must be the installed one: `replace` builds code from outside, `require` needs a network. Null = it is. */
export function modFileProblem(files: SourceFiles, installed: SourceFiles): CompileError | null {
  const expected = linesOf(installed);
  const seen = linesOf(files);
  if (seen.length === 0)
    return { file: 'go.mod', line: null, column: null, message: 'go.mod is missing: reset brings it back' };
  const at = seen.findIndex((line, index) => line !== expected[index]);
  if (at === -1 && seen.length === expected.length) return null;
  const line = at === -1 ? seen.length : at + 1;
  const message =
    'go.mod is not the installed one: the lab has no network and builds with the standard library only; reset brings it back';
  return { file: 'go.mod', line, column: 1, message };
}

function linesOf(files: SourceFiles): string[] {
  const content = files.get('go.mod');
  return content === undefined ? [] : textOf(content).trimEnd().split(/\r?\n/);
}
