import type { Profile } from './profile.ts';

/**
 * Share of a profile's default sample type that lies under frames with a matching name, each sample counted once.
 *
 *     main.a;main.b 10
 *     main.a;main.c 30      share of /main\.b/ = 10 / 40
 *
 * Null for a profile without values (an idle window). `matches` is asked once for each function.
 */
export function computeFrameShare(
  profile: Profile,
  matches: (name: string) => boolean,
): { share: number; total: number } | null {
  const wanted = new Set<number>();
  profile.functions.forEach((fn, index) => {
    if (matches(fn.name)) wanted.add(index);
  });
  const hit = matchingStacks(profile, wanted);
  const { count, stack, values } = profile.samples;
  const width = profile.sampleTypes.length;
  let total = 0n;
  let under = 0n;
  for (let sample = 0; sample < count; sample++) {
    const value = values[sample * width + profile.defaultType] ?? 0n;
    total += value;
    if (hit[stack[sample] ?? 0]) under += value;
  }
  return total > 0n ? { share: Number(under) / Number(total), total: Number(total) } : null;
}

function matchingStacks(profile: Profile, wanted: ReadonlySet<number>): Uint8Array {
  const { locations, stacks } = profile;
  const locationHit = new Uint8Array(locations.count);
  for (let location = 0; location < locations.count; location++) {
    const end = locations.lineStart[location + 1] ?? 0;
    for (let line = locations.lineStart[location] ?? 0; line < end; line++) {
      if (wanted.has(locations.lineFunction[line] ?? -1)) locationHit[location] = 1;
    }
  }
  const hit = new Uint8Array(stacks.count);
  for (let stack = 0; stack < stacks.count; stack++) {
    const end = stacks.start[stack + 1] ?? 0;
    for (let at = stacks.start[stack] ?? 0; at < end && !hit[stack]; at++)
      hit[stack] = locationHit[stacks.location[at] ?? 0] ?? 0;
  }
  return hit;
}
