import { expect, it } from 'vitest';
import { groupStacks } from '../../../server/profile/group-stacks.ts';
import { stackSumsFromProfile } from '../../../server/profile/index.ts';
import type { StackSums } from '../../../server/profile/stack-sums.ts';
import { profileFromText } from '../../support/profile-from-text.ts';

const sumsOf = (text: string) => stackSumsFromProfile(profileFromText(text), 'cpu');
const textOf = (sums: StackSums) =>
  [...sums.values].map((value, i) => {
    const frames = [...sums.frame.subarray(sums.start[i], sums.start[i + 1])].reverse();
    return `${frames.map((frame) => sums.functions[frame]?.name).join(';')} ${value}`;
  });

const whole = sumsOf('main.f;main.g 10\nmain.f 5\nmain.g 2');
const grouped = groupStacks(
  'tenant',
  [
    { value: 'a', sums: sumsOf('main.f;main.g 10') },
    { value: 'b', sums: sumsOf('main.g 2') },
    { value: '', sums: sumsOf('main.f 5') },
  ],
  whole,
);

it('puts the label’s value under the root; those without it stand together', () => {
  expect(textOf(grouped)).toEqual(['a;main.f;main.g 10', 'b;main.g 2', '(no tenant);main.f 5']);
});

it('keeps the window of the whole, so that a profile in two groups counts once', () => {
  expect(grouped.window).toEqual(whole.window);
});

it('names the label in the place of the file', () => {
  expect(grouped.functions.find(({ name }) => name === 'a')).toMatchObject({ file: 'tenant' });
});
