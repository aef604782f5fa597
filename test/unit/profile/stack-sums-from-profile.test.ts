import { expect, test } from 'vitest';
import { stackSumsFromProfile } from '../../../server/profile/index.ts';
import { profileFromText } from '../../support/profile-text.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const heap = profileFromText('main.a;main.b 1 100 {tenant=x}\nmain.a;main.b 2 200 {tenant=y}\nmain.c 3 0', {
  types: ['objects/count', 'space/bytes'],
  timeNanos: 5_000_000n,
  durationNanos: 2_000_000n,
});

test('sums over labels, leaf first, by the sample type that is asked for', () => {
  const objects = stackSumsFromProfile(heap, 'objects');
  expect([...objects.values]).toEqual([3n, 3n]);
  expect([...objects.start]).toEqual([0, 2, 3]);
  expect([...objects.frame].map((frame) => objects.functions[frame]?.name)).toEqual(['main.b', 'main.a', 'main.c']);
});

test('takes the default type, and leaves out stacks that have none of it', () => {
  const space = stackSumsFromProfile(heap, null);
  expect(space.type).toEqual({ type: 'space', unit: 'bytes' });
  expect([...space.values]).toEqual([300n]);
});

test('knows its window from the profile', () => {
  expect(stackSumsFromProfile(heap, null).window).toEqual({
    from: 5,
    to: 7,
    profiles: 1,
    requests: null,
    durationNanos: 2_000_000n,
  });
  expect(stackSumsFromProfile(profileFromText('main.a 1'), null).window).toMatchObject({ from: null, to: null });
});

test('an unknown sample type is refused with what there is', () => {
  expect(refusalOf(() => stackSumsFromProfile(heap, 'cpu'))).toEqual({
    code: 'unknown-sample-type',
    message: 'no sample type "cpu"; the profile has objects, space',
  });
});
