import { expect, test } from 'vitest';
import { parseFrontMatter } from '../../../server/course/front-matter.ts';
import { fillHint } from '../../../server/course/hints.ts';
import { profileFromText } from '../../support/profile-text.ts';

test('a hint without a profile says what to do instead of inventing a number', async () => {
  expect(await fillHint('Wide: {share:cpu:^regexp\\.}.', async () => null)).toBe(
    'Wide: (unknown: no cpu profile so far).',
  );
});

test('front matter is what stands between two lines of dashes', () => {
  expect(parseFrontMatter('---\ntitle: A\n---\nbody\n', 'x')).toEqual({ data: { title: 'A' }, body: 'body\n' });
  expect(() => parseFrontMatter('title: A', 'x/index.md')).toThrow('x/index.md: starts with front matter');
});

test('how busy the service is, is said in cores: samples by duration', async () => {
  const profile = profileFromText('main;main.checkCode 600000000\nmain;main.lookUp 230000000', {
    durationNanos: 10_000_000_000n,
  });
  expect(await fillHint('It holds {cores}.', async () => profile)).toBe(
    'It holds 0.83 s of samples in 10 s: 8 % of one core in your newest profile.',
  );
  expect(await fillHint('{cores}', async () => null)).toBe('(unknown: no cpu profile so far)');
});
