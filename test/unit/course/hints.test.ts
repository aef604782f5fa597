import { expect, test } from 'vitest';
import { parseFrontMatter } from '../../../server/course/front-matter.ts';
import { fillHint } from '../../../server/course/hints.ts';

test('a hint without a profile says what to do instead of inventing a number', async () => {
  expect(await fillHint('Wide: {share:cpu:^regexp\\.}.', async () => null)).toBe(
    'Wide: (unknown: no cpu profile so far).',
  );
});

test('front matter is what stands between two lines of dashes', () => {
  expect(parseFrontMatter('---\ntitle: A\n---\nbody\n', 'x')).toEqual({ data: { title: 'A' }, body: 'body\n' });
  expect(() => parseFrontMatter('title: A', 'x/index.md')).toThrow('x/index.md: starts with front matter');
});
