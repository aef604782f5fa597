import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE_LIMITS, type Profile, readProfile } from '../../../server/profile/index.ts';
import { number, packed, record, smallProfile, text, workFunction, workLocation } from '../../support/pprof-wire.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const work = [workFunction, workLocation];
const sample = (...parts: number[][]) => record(2, ...parts);
const valuesOf = (profile: Profile) => [...profile.samples.values];

describe('a valid profile', () => {
  test('has its values and locations packed or one by one, in any mixture', () => {
    const packedOnes = readProfile(smallProfile(...work, sample(packed(1, 1, 1), packed(2, 5))));
    const singleOnes = readProfile(smallProfile(...work, sample(number(1, 1), packed(1, 1), number(2, 5))));
    expect(singleOnes).toEqual(packedOnes);
    expect([...packedOnes.stacks.location]).toEqual([0, 0]);
  });

  test('keeps negative values and values beyond 2^53 exactly', () => {
    const extremes = [-1n, -(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n, 2n ** 32n, 2n ** 31n, 127n, 128n, 16384n];
    const samples = extremes.map((value) => sample(number(1, 1), number(2, value)));
    expect(valuesOf(readProfile(smallProfile(...work, ...samples)))).toEqual(extremes);
  });

  test('may have its records in any order and ids of any size', () => {
    const id = 2n ** 64n - 1n;
    const profile = readProfile(
      smallProfile(
        sample(number(1, id), number(2, 5)),
        record(4, number(1, id), number(2, id - 1n), record(4, number(1, id - 2n))),
        record(3, number(1, id - 1n)),
        record(5, number(1, id - 2n), number(2, 3)),
      ),
    );
    expect([profile.locations.mapping[0], profile.locations.lineFunction[0]]).toEqual([0, 0]);
    expect(profile.functions[0]?.name).toBe('main.work');
  });

  test('may have records that nobody knows, of every wire type', () => {
    const unknown = [number(99, 1), text(2000, 'abc'), [0x81, 0x01, 1, 2, 3, 4, 5, 6, 7, 8], [0x85, 0x01, 1, 2, 3, 4]];
    const inside = sample(number(1, 1), ...unknown, number(2, 5));
    expect(valuesOf(readProfile(smallProfile(...unknown, ...work, inside, ...unknown)))).toEqual([5n]);
  });

  test('stores equal stacks and equal label sets once', () => {
    const labels = record(3, number(1, 1), number(2, 3));
    const samples = [sample(number(1, 1), number(2, 5), labels), sample(number(1, 1), number(2, 6))];
    const profile = readProfile(smallProfile(...work, ...samples, ...samples));
    expect([profile.stacks.count, profile.labelSets.length, profile.samples.count]).toEqual([1, 2, 4]);
    expect(profile.labelSets).toEqual([[], [{ key: 'cpu', text: 'main.work', number: null, unit: '' }]]);
    expect([...profile.samples.labelSet]).toEqual([1, 0, 1, 0]);
  });

  test('drops a label that says nothing, as google/pprof does', () => {
    expect(readProfile(smallProfile(sample(number(2, 5), record(3, number(1, 1))))).labelSets).toEqual([[]]);
  });

  test('has names byte for byte; what is not UTF-8 is replaced', () => {
    const strings = [text(6, 'κ\u{1F525}'), text(6, '\uFEFFx'), text(6, [0x61, 0xff])];
    const functions = [4, 5, 6].map((name, i) => record(5, number(1, i + 1), number(2, name)));
    const names = readProfile(smallProfile(...strings, ...functions)).functions.map((one) => one.name);
    expect(names).toEqual(['κ\u{1F525}', '\uFEFFx', 'a\uFFFD']);
  });

  test('with sample types and no samples is an idle service', () => {
    expect(readProfile(smallProfile()).samples.count).toBe(0);
  });

  test('draws its last type unless it names another', () => {
    const types = [record(1, number(1, 3)), record(1, number(1, 2))];
    expect(readProfile(smallProfile(...types)).defaultType).toBe(2);
    expect(readProfile(smallProfile(...types, number(14, 3))).defaultType).toBe(1);
  });

  test('treats a mapping id that nobody has as no mapping, as google/pprof does', () => {
    expect(readProfile(smallProfile(record(4, number(1, 1), number(2, 9)))).locations.mapping[0]).toBe(-1);
  });

  test('leaves nothing of itself for the next one', () => {
    const large = smallProfile(...work, ...Array.from({ length: 300 }, (_, i) => sample(number(1, 1), number(2, i))));
    const small = smallProfile(workFunction, record(4, number(1, 2)), sample(number(1, 2), number(2, 5)));
    const alone = readProfile(small);
    readProfile(large);
    refusalOf(() => readProfile(large.slice(0, -1)));
    expect(readProfile(small)).toEqual(alone);
  });
});

describe('what is not a profile is refused with its position', () => {
  test.each([
    ['nothing', new Uint8Array(), 'malformed profile at byte 0: it is empty'],
    [
      'a web page',
      new TextEncoder().encode('<!doctype html><title>502</title>'),
      /byte 0: it is a web page.*<!doctype html>/,
    ],
    [
      'a text profile',
      new TextEncoder().encode('heap profile: 1: 2 [3: 4] @ heap/1048576\n'),
      /text profile.*without debug=1/,
    ],
    [
      'a record that is cut off',
      Uint8Array.of(0x12, 5, 1),
      'malformed profile at byte 1: a field of 5 bytes where 1 are left',
    ],
    ['a varint that is cut off', Uint8Array.of(0x48, 0x80), 'malformed profile at byte 1: a varint that does not end'],
    [
      'a varint of eleven bytes',
      smallProfile([0x48, ...Array(10).fill(0x80), 1]),
      /byte 38: a varint that does not end/,
    ],
    ['an unknown wire type', Uint8Array.of(0x83, 0x06), 'malformed profile at byte 2: unknown wire type 3'],
    [
      'a number where a record belongs',
      Uint8Array.of(0x10, 1),
      /byte 1: a record of the profile has wire type 0, expected 2/,
    ],
    ['a first string with text', Uint8Array.from([...text(6, 'x')]), /the first string of the table is not empty/],
    ['two profiles in one file', smallProfile(number(9, 5), number(9, 6)), /a second time_nanos/],
  ])('%s', (_, bytes, message) => {
    const refusal = refusalOf(() => readProfile(bytes));
    expect(refusal).toEqual({ code: 'malformed-profile', message: expect.stringMatching(message) });
  });
});

describe('records that contradict each other are refused', () => {
  const cases: [string, Uint8Array, RegExp | string][] = [
    [
      'an unknown string',
      smallProfile(record(5, number(1, 1), number(2, 4))),
      'a function refers to string 4, the table has 4',
    ],
    ['a negative string', smallProfile(record(5, number(1, 1), number(2, -1))), /string -1/],
    ['no strings', Uint8Array.from(record(1)), /no string table/],
    [
      'an unknown function',
      smallProfile(record(4, number(1, 1), record(4, number(1, 1)))),
      /refers to a function that is not there/,
    ],
    [
      'a line without function',
      smallProfile(workFunction, record(4, number(1, 1), record(4))),
      /refers to a function that is not there/,
    ],
    [
      'an unknown location',
      smallProfile(sample(number(1, 9), number(2, 1))),
      /refers to location 9, which is not there/,
    ],
    ['location 0', smallProfile(workFunction, record(4)), 'location number 0 has the reserved id 0'],
    ['function 0', smallProfile(record(5)), 'function number 0 has the reserved id 0'],
    ['mapping 0', smallProfile(record(3)), 'mapping number 0 has the reserved id 0'],
    ['two functions with one id', smallProfile(workFunction, workFunction), 'two functions have the same id 1'],
    [
      'two locations with one id',
      smallProfile(workFunction, workLocation, workLocation),
      'two locations have the same id 1',
    ],
    [
      'two mappings with one id',
      smallProfile(record(3, number(1, 3)), record(3, number(1, 3))),
      'two mappings have the same id 3',
    ],
    [
      'a value too many',
      smallProfile(...work, sample(number(1, 1), number(2, 1), number(2, 1))),
      /sample 0, before byte \d+, does not have one value for each of 1 sample types/,
    ],
    ['a value too few', smallProfile(...work, sample(number(1, 1))), /does not have one value/],
    [
      'an unknown label key',
      smallProfile(sample(number(2, 1), record(3, number(1, 7), number(2, 1)))),
      /a label refers to string 7/,
    ],
  ];
  test.each(cases)('%s', (_, bytes, message) => {
    const refusal = refusalOf(() => readProfile(bytes));
    expect(refusal).toEqual({
      code: 'inconsistent-profile',
      message: expect.stringContaining('inconsistent profile: '),
    });
    expect(refusal.message).toMatch(message);
  });

  test('a profile without sample types', () => {
    const bytes = Uint8Array.from([...text(6, ''), ...sample(number(2, 1))]);
    expect(refusalOf(() => readProfile(bytes))).toEqual({
      code: 'no-sample-types',
      message: 'the profile names no sample types (and has 1 samples)',
    });
  });
});

describe('what is over a limit is refused, never capped', () => {
  const limits = {
    ...DEFAULT_PROFILE_LIMITS,
    samples: 2,
    depth: 3,
    frames: 5,
    nameBytes: 12,
    sampleTypes: 1,
    records: 20,
  };
  const inlined = record(4, number(1, 1), record(4, number(1, 1)), record(4, number(1, 1)));
  const cases: [string, Uint8Array, RegExp][] = [
    ['samples', smallProfile(...[1, 2, 3].map(() => sample(number(2, 1)))), /number of samples is 3, the limit is 2/],
    [
      'a deep stack',
      smallProfile(...work, sample(packed(1, 1, 1, 1, 1), number(2, 1))),
      /depth of a stack is 4, the limit is 3/,
    ],
    [
      'a stack deep by inlining',
      smallProfile(workFunction, inlined, sample(packed(1, 1, 1), number(2, 1))),
      /depth of a stack is 4/,
    ],
    ['a long name', smallProfile(text(6, 'x'.repeat(13))), /string at byte 39 is 13, the limit is 12/],
    ['sample types', smallProfile(record(1)), /number of sample types is 2, the limit is 1/],
    [
      'records',
      smallProfile(...Array.from({ length: 17 }, () => text(6, ''))),
      /number of records is 21, the limit is 20/,
    ],
    [
      'labels',
      smallProfile(sample(number(2, 1), ...Array.from({ length: 21 }, () => record(3)))),
      /number of labels is 21/,
    ],
    [
      'lines',
      smallProfile(workFunction, record(4, number(1, 1), ...Array.from({ length: 21 }, () => record(4, number(1, 1))))),
      /number of lines is 21/,
    ],
    ['comments', smallProfile(packed(13, ...Array(21).fill(0))), /comments is 21, the limit is 20/],
  ];
  test.each(cases)('%s', (_, bytes, message) => {
    expect(refusalOf(() => readProfile(bytes, limits))).toEqual({
      code: 'over-limit',
      message: expect.stringMatching(message),
    });
  });

  test('frames of all distinct stacks together', () => {
    const stacks = [packed(1, 1), packed(1, 1, 1), packed(1, 1, 1, 1)].map((stack) => sample(stack, number(2, 1)));
    const bytes = smallProfile(...work, ...stacks);
    const refusal = refusalOf(() => readProfile(bytes, { ...limits, samples: 3 }));
    expect(refusal.message).toBe('profile refused: the number of frames is 6, the limit is 5');
  });

  test('16 MB, 100,000 samples, depth 1,000 and names of 1,024 bytes are what is let in', () => {
    const { inflatedBytes, samples, depth, nameBytes } = DEFAULT_PROFILE_LIMITS;
    expect([inflatedBytes, samples, depth, nameBytes]).toEqual([16_777_216, 100_000, 1_000, 1_024]);
  });

  test.each([
    ['empty functions', [0x2a, 0]],
    ['empty locations', [0x22, 0]],
    ['empty strings', [0x32, 0]],
    ['empty samples', [0x12, 0]],
    ['empty sample types', [0x0a, 0]],
    ['empty period types', [0x5a, 0]],
  ])('a bomb of millions of %s', (_, pair) => {
    const start = smallProfile();
    const bomb = new Uint8Array(start.length + 4 * 1024 * 1024);
    for (let i = start.length; i < bomb.length; i += 2) bomb.set(pair, i);
    bomb.set(start);
    expect(refusalOf(() => readProfile(bomb)).code).toBe('over-limit');
  });
});
