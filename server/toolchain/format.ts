import { join } from 'node:path';
import type { CompileError } from '../../protocol/index.ts';
import { createOutput } from './output.ts';
import type { FoundGo } from './probe-go.ts';
import type { RunProgram } from './run-program.ts';

export type FormatOutcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly errors: CompileError[] };

const MAX_BYTES = 4_000_000;

/** gofmt over stdin. Errors are those of the parser, with `file` as the caller names it. */
export async function format(
  file: string,
  text: string,
  parts: { go: FoundGo; run: RunProgram },
): Promise<FormatOutcome> {
  const output = createOutput(MAX_BYTES);
  const name = process.platform === 'win32' ? 'gofmt.exe' : 'gofmt';
  const result = await parts.run({
    what: 'gofmt',
    command: join(parts.go.root, 'bin', name),
    args: [],
    env: { LC_ALL: 'C' },
    input: text,
    limits: { millis: 10_000, bytes: 1_000_000_000, processes: 8 },
    onOutput: output.add,
  });
  if (result.exit === 0 && result.ended === null) return { ok: true, text: output.text() };
  const errors = parseErrors(file, output.text());
  if (errors.length > 0) return { ok: false, errors };
  const message = result.ended?.reason ?? `gofmt ended with code ${result.exit}: ${output.text().slice(0, 500)}`;
  return { ok: false, errors: [{ file, line: null, column: null, message }] };
}

/** `<standard input>:3:1: expected declaration, found foo` */
function parseErrors(file: string, output: string): CompileError[] {
  const errors: CompileError[] = [];
  for (const line of output.split(/\r?\n/)) {
    const match = /^<standard input>:(\d+):(\d+): (.*)$/.exec(line);
    if (match === null) continue;
    errors.push({ file, line: Number(match[1]), column: Number(match[2]), message: match[3] ?? '' });
  }
  return errors;
}
