import { writeProfile } from '../../server/profile/index.ts';
import { createRandom, randomProfile } from './random-profile.ts';

/** Every prefix of a written profile, the empty one excepted; prefix i has i + 1 bytes. */
export function prefixesOf(seed: number): Uint8Array[] {
  const bytes = writeProfile(randomProfile(seed));
  return Array.from(bytes, (_, i) => bytes.slice(0, i + 1));
}

/** Written profiles with one to three bytes changed, removed or added; the same for the same seed. */
export function mutantProfiles(seed: number, count: number): Uint8Array[] {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const mutate = (bytes: number[]): number[] => {
    const at = below(bytes.length);
    const way = below(3);
    const byte = below(256);
    if (way === 0) return bytes.with(at, byte);
    return way === 1 ? bytes.toSpliced(at, 1 + below(4)) : bytes.toSpliced(at, 0, byte);
  };
  const sources = Array.from({ length: 40 }, (_, i) => [...writeProfile(randomProfile(1 + i))]);
  return Array.from({ length: count }, () => {
    let bytes = sources[below(40)] ?? [];
    for (let times = 1 + below(3); times > 0; times--) bytes = mutate(bytes);
    return Uint8Array.from(bytes);
  });
}
