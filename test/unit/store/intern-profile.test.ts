import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../server/profile/index.ts';
import { createDictionaries, type Dictionaries, markPersisted, rollBack } from '../../../server/store/dictionaries.ts';
import { internProfile } from '../../../server/store/intern-profile.ts';
import { linesOf } from '../../../server/store/location-dictionary.ts';
import { SamplePages } from '../../../server/store/sample-pages.ts';
import { randomProfile } from '../../support/random-profile.ts';

const SEEDS = Array.from({ length: 40 }, (_, at) => at + 1);
const numbering = {};

/** As a reader in another thread numbers them: here each profile's apart from those of the others. */
const numbered = (seed: number): Profile => {
  const profile = randomProfile(seed);
  const ofStack = Int32Array.from({ length: profile.stacks.count }, (_, stack) => seed * 1_000 + stack);
  return { ...profile, stackNumbers: { numbering, ofStack } };
};

const intern = (dictionaries: Dictionaries, profile: Profile) => {
  const { count } = profile.samples;
  const columns = new SamplePages().take(count, count * profile.sampleTypes.length);
  return internProfile(
    dictionaries,
    { kind: 'cpu', labels: {}, profile, arrivalMillis: 5, requests: null },
    1,
    columns,
  );
};

/** Stacks of a window's samples, whatever their ids. */
function stacksOf({ stacks, locations, functions }: Dictionaries, leaves: Int32Array): unknown[] {
  return [...leaves].map((leaf) => {
    const path: unknown[] = [];
    for (let node = leaf; node > 0; node = stacks.parent(node)) {
      const location = locations.get(stacks.item(node));
      const lines = linesOf(location).map((line) => ({ ...line, function: functions.get(line.function) }));
      path.push({ ...location, mapping: null, lines });
    }
    return path;
  });
}

describe('profiles whose stacks have numbers', () => {
  it('become the same windows as those without', () => {
    const [plain, known] = [createDictionaries(), createDictionaries()];
    for (const seed of [...SEEDS, ...SEEDS])
      expect(intern(known, numbered(seed)), `seed ${seed}`).toEqual(intern(plain, randomProfile(seed)));
  });

  it('are looked at again when what they brought was rolled back', () => {
    const dictionaries = createDictionaries();
    for (const seed of SEEDS) intern(dictionaries, numbered(seed));
    rollBack(dictionaries);
    for (const seed of SEEDS.toReversed()) expectSame(dictionaries, seed);
  });

  it('are looked at again when what they brought was forgotten', () => {
    const dictionaries = createDictionaries();
    for (const seed of SEEDS) intern(dictionaries, numbered(seed));
    markPersisted(dictionaries);
    const { stacks, locations, functions } = dictionaries;
    for (const dictionary of [stacks, locations, functions]) dictionary.retain((id) => id === 0);
    for (const seed of SEEDS.toReversed()) expectSame(dictionaries, seed);
  });
});

function expectSame(dictionaries: Dictionaries, seed: number): void {
  const plain = createDictionaries();
  const expected = stacksOf(plain, intern(plain, randomProfile(seed)).stacks);
  expect(stacksOf(dictionaries, intern(dictionaries, numbered(seed)).stacks), `seed ${seed}`).toEqual(expected);
}
