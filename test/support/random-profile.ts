import type { LabelSet, Profile, ProfileLabel } from '../../server/profile/index.ts';
import { ProfileBuilder } from './profile-builder.ts';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const NAMES = ['main.main', 'net/http.(*conn).serve', 'slices.SortFunc[go.shape.[]int,…]', '', 'κ.λ', 'x'.repeat(200)];
const INT64 = [
  0n,
  1n,
  -1n,
  127n,
  128n,
  -(2n ** 63n),
  2n ** 63n - 1n,
  2n ** 53n + 1n,
  2n ** 28n,
  -(2n ** 31n),
  2n ** 32n,
];

/** Any valid profile: several types, inlining, recursion, all kinds of labels, no symbols here and there, extreme numbers. */
export function randomProfile(seed: number): Profile {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  const int64 = () => INT64[below(INT64.length)] ?? 0n;
  const name = () => `${NAMES[below(NAMES.length)]}${below(3)}`;
  const types = Array.from({ length: 1 + below(4) }, (_, i) => ({
    type: `type${i}`,
    unit: pick(['count', 'bytes', '']),
  }));
  const builder = new ProfileBuilder(types);

  const functions = Array.from({ length: 1 + below(8) }, (_, i) =>
    builder.function(name(), `/src/${i}.go`, below(500)),
  );
  const mappings = Array.from({ length: below(3) }, (_, i) =>
    builder.mapping({
      file: `/lib/${i}.so`,
      start: BigInt(i) << 60n,
      limit: (BigInt(i) << 60n) + 0x5432n,
      buildId: pick(['', 'b1']),
    }),
  );
  const locations = Array.from({ length: 1 + below(20) }, (_, i) =>
    builder.location(`${i}`, {
      mapping: below(mappings.length + 1) - 1,
      address: BigInt.asUintN(64, int64()),
      folded: below(5) === 0,
      lines: Array.from({ length: below(4) }, () => ({
        functionIndex: functions[below(functions.length)] ?? 0,
        line: below(3000),
        column: below(2) * below(100),
      })),
    }),
  );
  const label = (): ProfileLabel =>
    below(2) === 0
      ? { key: pick(['tenant', 'endpoint', '']), text: pick(['a', 'ü', '"']), number: null, unit: '' }
      : { key: pick(['bytes', 'tenant']), text: '', number: int64(), unit: pick(['bytes', 'ms']) };
  const labels = (): LabelSet => Array.from({ length: below(4) }, label);
  for (let i = below(60); i > 0; i--) {
    const stack = Array.from({ length: below(12) }, () => locations[below(locations.length)] ?? 0);
    builder.addSample(stack, types.map(int64), labels());
  }
  return builder.build({
    defaultSampleType: 'type0',
    defaultType: 0,
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period: int64(),
    timeNanos: int64(),
    durationNanos: int64(),
    comments: ['', 'a comment'].slice(below(3)),
    dropFrames: pick(['', 'drop']),
    keepFrames: pick(['', 'keep']),
    docUrl: pick(['', 'http://localhost/doc']),
  });
}
