import { describe, expect, it } from 'vitest';
import { findCgo } from '../../../server/toolchain/find-cgo.ts';
import { scanImports } from '../../../server/toolchain/scan-imports.ts';

const paths = (source: string) => scanImports(source).map((one) => one.path);

describe('imports of a Go file', () => {
  it.each([
    ['package main; import ( f "fmt"; . "bazaar/internal/shop" )', ['fmt', 'bazaar/internal/shop']],
    ['package main\n\nimport "fmt"\nimport _ "net/http/pprof"\n\nfunc main() {}\n', ['fmt', 'net/http/pprof']],
    ['// Package x does.\n/* import "no" */\npackage x // import "x"\n\nimport (\n\t// "no"\n\t`C`\n)\n', ['C']],
    ['package x\nimport "\\x43"\n', ['C']],
    ['package x\n\nvar s = `import "no"`\nimport "late"\n', []],
    ['package x\nimport ()\nimport "y"\n', ['y']],
    ['\uFEFFpackage größe\nimport ö "y"\n', ['y']],
    ['not go at all "x"', []],
    ['package x\nimport (\n\t"a"\n\t"unfinished\n', ['a']],
    ['', []],
  ])('of %j are %j', (source, expected) => expect(paths(source)).toEqual(expected));

  it('takes linear time on what never ends', () => {
    expect(paths(`package x\n/*${'*'.repeat(200_000)}`)).toEqual([]);
    expect(paths(`package x\nimport (\n${'/*'.repeat(200_000)}`)).toEqual([]);
    expect(paths(`package x\nimport (\n${'"a"\n'.repeat(100_000)}`)).toHaveLength(100_000);
  });
});

it('cgo is refused where it is imported, also in tests and behind build tags', () => {
  const source = '//go:build linux\n\npackage main\n\n// #cgo LDFLAGS: -Wl,x\nimport "C"\n';
  const files = new Map([['search/c_test.go', new TextEncoder().encode(source)]]);
  expect(findCgo(files)).toEqual([
    { file: 'search/c_test.go', line: 6, column: 8, message: expect.stringContaining('without cgo') },
  ]);
});
