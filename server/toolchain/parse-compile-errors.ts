import type { CompileError } from '../../protocol/index.ts';

export interface CompileOutput {
  readonly output: string;
  /** Where the sources were built; its path never leaves the lab. */
  readonly root: string;
  readonly service: string;
  /** Whether a name is one of the sources. */
  readonly isSource: (file: string) => boolean;
}

const POSITION = /^(?:vet: )?((?:[A-Za-z]:)?[^\s:][^:]*?\.(?:go|s|mod|sum)):(\d+)(?::(\d+))?: ?(.*)$/;
const HEADER = /^#\s/;
const NOT_IN_STD =
  /^(?:package (\S+) is not in std|no required module provides package (\S+?)[;:]|cannot find module providing package (\S+?)[;:])/;

/**
 * What `go build`, `go vet` or `go test` printed, as data. Lines that begin with a position start an error, indented ones
 * continue it, `# package` headers are passed over; what has no position (an import cycle, a missing main) becomes one error
 * of the service without a line.
 *
 *     # bazaar/search
 *     search/main.go:5:2: cannot use x (variable of type int) as string value in argument to f
 *     	have (int)
 *     	want (string)
 */
export function parseCompileErrors(parts: CompileOutput): CompileError[] {
  const errors: CompileError[] = [];
  const loose: string[] = [];
  let inError = false;
  for (const raw of cleanOutput(parts.output, parts.root).split(/\r?\n/)) {
    const line = raw.trimEnd();
    const last = errors.at(-1);
    if (line === '' || HEADER.test(line)) inError = false;
    else if (/^\s+go get /.test(line))
      continue; // advice that needs a network
    else if (/^\s/.test(line) && inError && last !== undefined) last.message += `\n${line.trim()}`;
    else {
      const error = errorFromLine(line, parts);
      inError = error !== null;
      if (error !== null) errors.push(error);
      else loose.push(line.trim());
    }
  }
  const told = loose.filter((line) => !/^(too many errors|FAIL\b|ok\s|note: )/.test(line));
  if (loose.includes('too many errors'))
    errors.push(withoutPosition(parts.service, 'too many errors: the compiler stopped here'));
  if (errors.length === 0 && told.length > 0) errors.push(withoutPosition(parts.service, told.slice(0, 12).join('\n')));
  return errors;
}

/** Output that people read: the build folder's path cut off. */
export function cleanOutput(output: string, root: string): string {
  return output.replaceAll(`${root}/`, '').replaceAll(`${root}\\`, '').replaceAll(root, '.');
}

function errorFromLine(line: string, { service, isSource }: CompileOutput): CompileError | null {
  const match = POSITION.exec(line);
  if (match === null) return null;
  const [, path = '', row, column, text = ''] = match;
  const file = path.replaceAll('\\', '/').replace(/^\.\//, '');
  const message = explain(text);
  // `//line` comments can name any file: only a source of ours is shown as a place to go to.
  if (!isSource(file)) return withoutPosition(service, `${file}:${row}: ${message}`);
  return { file, line: Number(row), column: column === undefined ? null : Number(column), message };
}

function explain(message: string): string {
  const match = NOT_IN_STD.exec(message);
  if (match === null) return message.replace(/; to add it:$/, '');
  const name = match[1] ?? match[2] ?? match[3];
  return `package ${name} is not here: the lab has no network and builds with the standard library only`;
}

function withoutPosition(service: string, message: string): CompileError {
  return { file: service, line: null, column: null, message };
}
