import { describe, expect, it } from 'vitest';
import { parseCompileErrors } from '../../../server/toolchain/parse-compile-errors.ts';

const SOURCES = ['search/main.go', 'search/rank.go', 'internal/x/x.go', 'go.mod', 'search/main_test.go'];

const parse = (output: string) =>
  parseCompileErrors({
    output,
    root: '/cache/work/src',
    service: 'search',
    isSource: (file) => SOURCES.includes(file),
  });

const at = (file: string, line: number | null, column: number | null, message: string) => ({
  file,
  line,
  column,
  message,
});

describe('compile errors', () => {
  it('have file, line, column and all lines of their message', () => {
    const output = [
      '# bazaar/search',
      'search/main.go:5:2: not enough arguments in call to f',
      '\thave (int)',
      '\twant (int, string)',
      './search/rank.go:9:1: missing return',
      '# bazaar/internal/x',
      '/cache/work/src/internal/x/x.go:3:1: syntax error: non-declaration statement outside function body',
      '',
    ].join('\n');
    expect(parse(output)).toEqual([
      at('search/main.go', 5, 2, 'not enough arguments in call to f\nhave (int)\nwant (int, string)'),
      at('search/rank.go', 9, 1, 'missing return'),
      at('internal/x/x.go', 3, 1, 'syntax error: non-declaration statement outside function body'),
    ]);
  });

  it('say that the lab has no network where a package is not there', () => {
    const missing = (name: string) =>
      `package ${name} is not here: the lab has no network and builds with the standard library only`;
    const output = [
      'search/main.go:8:2: no required module provides package github.com/x/y; to add it:',
      '\tgo get github.com/x/y',
      'search/rank.go:4:2: package bazaar/nothing is not in std (/usr/local/go/src/bazaar/nothing)',
    ].join('\n');
    expect(parse(output)).toEqual([
      at('search/main.go', 8, 2, missing('github.com/x/y')),
      at('search/rank.go', 4, 2, missing('bazaar/nothing')),
    ]);
  });

  it('come from vet and go.mod too, on Windows with its separators', () => {
    expect(parse('# bazaar/search\n# [bazaar/search]\nvet: search/main_test.go:3:5: undefined: x\n')).toEqual([
      at('search/main_test.go', 3, 5, 'undefined: x'),
    ]);
    expect(parse('go: errors parsing go.mod:\ngo.mod:5: unknown directive: foo\n')).toEqual([
      at('go.mod', 5, null, 'unknown directive: foo'),
    ]);
    expect(parse('search\\main.go:5:2: x\r\n')).toEqual([at('search/main.go', 5, 2, 'x')]);
  });

  it('are one of the service where nothing has a position', () => {
    const cycle =
      'package bazaar/search\n\timports bazaar/internal/x\n\timports bazaar/search: import cycle not allowed';
    expect(parse(cycle)).toEqual([at('search', null, null, cycle.replaceAll('\t', ''))]);
    const link = '# bazaar/search\nruntime.main_main·f: function main is undeclared in the main package\n';
    expect(parse(link)).toEqual([
      at('search', null, null, 'runtime.main_main·f: function main is undeclared in the main package'),
    ]);
  });

  it('say that there are more', () => {
    expect(parse('# bazaar/search\nsearch/main.go:5:2: x\nsearch/main.go:5:2: too many errors\n')).toHaveLength(2);
    expect(parse('# bazaar/search\nsearch/main.go:5:2: x\ntoo many errors\n').at(-1)?.message).toContain(
      'too many errors',
    );
  });

  it('never point outside the sources, whatever a //line comment claims', () => {
    expect(parse('/etc/passwd.go:1:1: undefined: x\n')).toEqual([
      at('search', null, null, '/etc/passwd.go:1: undefined: x'),
    ]);
  });
});
