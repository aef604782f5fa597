import { expect, test } from 'vitest';
import { readProfile, writeProfile } from '../../../server/profile/index.ts';
import { randomProfile } from '../../support/random-profile.ts';

test('a profile that is written and read is the same profile', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const profile = randomProfile(seed);
    expect(readProfile(writeProfile(profile)), `seed ${seed}`).toEqual(profile);
  }
});
