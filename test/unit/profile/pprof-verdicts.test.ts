import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readProfile } from '../../../server/profile/index.ts';
import { mutantProfiles, prefixesOf } from '../../support/damaged-profiles.ts';

const accepted = z.array(z.object({ seed: z.number(), count: z.number(), accepted: z.array(z.number()) }));
const file = new URL('../../fixtures/profile/pprof-verdicts.json', import.meta.url);
const verdicts = z.object({ prefixes: accepted, mutants: accepted }).parse(JSON.parse(readFileSync(file, 'utf8')));

function acceptedOnes(profiles: readonly Uint8Array[]): number[] {
  return profiles.flatMap((bytes, index) => {
    try {
      readProfile(bytes);
      return [index];
    } catch {
      return [];
    }
  });
}

test.each(verdicts.prefixes)(
  'every prefix of profile $seed meets the verdict of google/pprof',
  ({ seed, count, accepted }) => {
    const prefixes = prefixesOf(seed);
    expect(prefixes).toHaveLength(count);
    expect(acceptedOnes(prefixes)).toEqual(accepted);
  },
);

test.each(verdicts.mutants)('$count damaged profiles meet the verdict of google/pprof', ({ seed, count, accepted }) => {
  expect(acceptedOnes(mutantProfiles(seed, count))).toEqual(accepted);
});
