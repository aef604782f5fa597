import type { CompileError } from '../../protocol/index.ts';
import { scanImports } from './scan-imports.ts';
import { type SourceFiles, textOf } from './source-state.ts';

/** `import "C"` would run a C compiler with flags from the source; go would skip such a file in silence. */
export function findCgo(sources: SourceFiles): CompileError[] {
  const errors: CompileError[] = [];
  for (const [file, content] of sources) {
    if (!file.endsWith('.go')) continue;
    const cgo = scanImports(textOf(content)).find(({ path }) => path === 'C');
    if (cgo === undefined) continue;
    errors.push({
      file,
      line: cgo.line,
      column: cgo.column,
      message: 'import "C": the lab builds without cgo, use plain Go',
    });
  }
  return errors;
}
