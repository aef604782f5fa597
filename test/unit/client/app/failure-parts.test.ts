import { expect, test } from 'vitest';
import { failureParts } from '../../../../client/app/failure-parts.ts';

test('only the first sentence is the headline; what a process wrote is its log', () => {
  const parts = failureParts(
    'search did not start: it ended with exit code 2 after 0.5 s. Its last lines:\npanic: boom\n\ngoroutine 1 [running]:\n',
  );
  expect(parts).toEqual({
    headline: 'search did not start: it ended with exit code 2 after 0.5 s.',
    rest: 'Its last lines:',
    log: 'panic: boom\n\ngoroutine 1 [running]:',
  });
});

test('a line without a full stop is all headline, and gets one', () => {
  expect(failureParts('no ready line within 10 s')).toEqual({
    headline: 'no ready line within 10 s.',
    rest: '',
    log: '',
  });
});

test('the first line of a log does not become a headline of its own', () => {
  expect(failureParts('It stopped!\n\n  at main.go:3. Again.')).toEqual({
    headline: 'It stopped!',
    rest: '',
    log: '  at main.go:3. Again.',
  });
});
