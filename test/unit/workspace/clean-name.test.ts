import { describe, expect, it } from 'vitest';
import { checkCleanName, isCleanName } from '../../../server/workspace/clean-name.ts';

const CLEAN = [
  'go.mod',
  'search/validate.go',
  'a/b/c/d/e/f/g/h/i/j',
  'x_test.go',
  'testdata/a-b_c.golden',
  'console.go',
  'comfort.go',
];

const REFUSED = [
  '',
  '.',
  '..',
  '../x.go',
  'search/../../x.go',
  'search/..',
  './x.go',
  'a/./b.go',
  '/etc/passwd',
  '//host/share',
  '\\\\host\\share',
  'search\\validate.go',
  '..\\x.go',
  'C:',
  'C:/x.go',
  'C:x.go',
  'CON',
  'con.go',
  'search/NUL.txt',
  'search/aux',
  'COM1',
  'lpt9.go',
  'CONIN$',
  'x.go::$DATA',
  'x.go:stream',
  'x\0.go',
  'search/x.go\0.txt',
  'search%2e%2e/x.go',
  '%2e%2e/x.go',
  '..%2fx.go',
  'x.go.',
  'x.go ',
  ' x.go',
  'search./x.go',
  'search /x.go',
  'search//x.go',
  'search/',
  '.git/config',
  '.env',
  'search/.hidden',
  '-flag.go',
  'PROGRA~1/x.go',
  'x\n.go',
  'x\u202e.go',
  'é.go',
  'a/b/c/d/e/f/g/h/i/j/k',
  'x'.repeat(301),
  '../workspace-other/x.go',
];

describe('clean names', () => {
  it.each(CLEAN)('takes %j', (name) => expect(isCleanName(name)).toBe(true));

  it.each(REFUSED)('refuses %j', (name) => {
    expect(isCleanName(name)).toBe(false);
    expect(() => checkCleanName(name)).toThrow(expect.objectContaining({ code: 'bad-path' }));
  });
});
