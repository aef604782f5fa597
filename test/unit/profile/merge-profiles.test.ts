import { describe, expect, test } from 'vitest';
import { mergeProfiles, type Profile, stackSumsFromProfile } from '../../../server/profile/index.ts';
import { ProfileBuilder } from '../../support/profile-builder.ts';
import { profileFromText } from '../../support/profile-text.ts';
import { randomProfile } from '../../support/random-profile.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const merge = (...texts: string[]) => mergeProfiles(texts.map((text) => profileFromText(text)));

describe('a merge', () => {
  test('sums samples with the same stack and labels, in order of appearance', () => {
    const merged = merge('main.a;main.b 1\nmain.a 2', 'main.c 7\nmain.a;main.b 10');
    expect(merged).toEqual(profileFromText('main.a;main.b 11\nmain.a 2\nmain.c 7'));
  });

  test('keeps samples with other labels apart, whatever the order of the labels', () => {
    const merged = merge('main.a 1 {tenant=x,bytes=4 bytes}', 'main.a 2 {bytes=4 bytes,tenant=x}\nmain.a 4 {tenant=y}');
    expect([...merged.samples.values]).toEqual([3n, 4n]);
    expect(merged.labelSets).toHaveLength(3);
  });

  test('sums every sample type', () => {
    const types = { types: ['objects/count', 'space/bytes'] };
    const merged = mergeProfiles([profileFromText('main.a 1 100', types), profileFromText('main.a 2 -300', types)]);
    expect([...merged.samples.values]).toEqual([3n, -200n]);
  });

  test('drops samples that cancel out, and what only they refer to', () => {
    expect(merge('main.a;main.b 1\nmain.c 5', 'main.a;main.b -1')).toEqual(profileFromText('main.c 5'));
  });

  test('has the earliest time that is known and the sum of the durations', () => {
    const at = (timeNanos: bigint, durationNanos: bigint) => profileFromText('main.a 1', { timeNanos, durationNanos });
    const merged = mergeProfiles([at(9n, 10n), at(0n, 10n), at(7n, 5n)]);
    expect([merged.timeNanos, merged.durationNanos]).toEqual([7n, 25n]);
  });

  test('takes a mapping loaded at another address for the same one', () => {
    const merged = mergeProfiles([mappedAt(0x40_0000n), mappedAt(0x7000_0000n)]);
    expect([merged.mappings.length, merged.locations.count, merged.samples.values[0]]).toEqual([1, 1, 2n]);
    expect(merged.locations.address[0]).toBe(0x40_0123n);
  });

  test('of one profile has the same sums', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const profile = randomProfile(seed);
      expect(totals(mergeProfiles([profile])), `seed ${seed}`).toEqual(totals(profile));
    }
  });

  test('of profiles with other sample types is refused', () => {
    const other = profileFromText('main.a 1', { types: ['space/bytes'] });
    expect(refusalOf(() => mergeProfiles([profileFromText('main.a 1'), other]))).toEqual({
      code: 'inconsistent-profile',
      message: "can't merge profiles of cpu/nanoseconds with profiles of space/bytes",
    });
  });
});

function mappedAt(start: bigint): Profile {
  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }]);
  const mapping = builder.mapping({ file: '/bin/shop', start, limit: start + 0x2000n });
  const location = builder.location('x', { mapping, address: start + 0x123n, lines: [] });
  builder.addSample([location], [1n]);
  return builder.build();
}

function totals(profile: Profile): bigint[] {
  return profile.sampleTypes.map(({ type }) => {
    const values = stackSumsFromProfile(profile, type).values;
    return BigInt.asIntN(
      64,
      values.reduce((sum, value) => sum + value, 0n),
    );
  });
}
