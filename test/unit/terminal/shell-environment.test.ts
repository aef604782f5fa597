import { delimiter } from 'node:path';
import { expect, it } from 'vitest';
import { shellEnvironment } from '../../../server/terminal/shell-environment.ts';

const from = {
  PATH: '/usr/bin',
  HOME: '/home/ada',
  LC_TIME: 'C',
  GOFLAGS: '-toolexec=x',
  AWS_SECRET: 's',
  TERM: 'dumb',
};
const environment = shellEnvironment({ from, path: ['/lab/bin', '/go/bin'], mark: 'm1' });

it('lets through what is on the list only', () => {
  expect(Object.keys(environment).sort()).toEqual([
    'COLORTERM',
    'FLAMELAB_TERMINAL',
    'HOME',
    'LC_TIME',
    'PATH',
    'TERM',
  ]);
});

it('puts the lab’s own folders first in PATH and describes the page’s terminal', () => {
  expect(environment.PATH).toBe(['/lab/bin', '/go/bin', '/usr/bin'].join(delimiter));
  expect(environment.TERM).toBe('xterm-256color');
});

it('finds PATH under the name that Windows gives it', () => {
  expect(shellEnvironment({ from: { Path: 'C' }, path: [], mark: '' }).PATH).toBe('C');
});
