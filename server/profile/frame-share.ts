import type { Profile } from './profile.ts';

/**
 * Share of one sample type of a profile that lies under frames with a matching name, each sample counted once.
 *
 *     main.a;main.b 10
 *     main.a;main.c 30      share of /main\.b/ = 10 / 40
 *
 * Null for a profile without that type, or whose values don't sum to more than 0 (an idle window, a negative delta).
 * `matches` is asked once for each function.
 */
export function computeFrameShare(
  profile: Profile,
  type: string,
  matches: (name: string) => boolean,
): { share: number; total: number } | null {
  const wanted = new Set<number>();
  profile.functions.forEach((fn, index) => {
    if (matches(fn.name)) wanted.add(index);
  });
  const locations = matchingLocations(profile, wanted);
  let total = 0;
  let under = 0;
  forEachSample(profile, type, (stack, value) => {
    total += value;
    if (hasLocation(profile, stack, locations)) under += value;
  });
  return total > 0 ? { share: under / total, total } : null;
}

/**
 * Cost by the innermost function of the own code on each stack: what a function costs itself and in the libraries that it
 * calls, and nothing twice.
 *
 *     main.handle;main.check;regexp.Compile 30      main.check 30
 *     main.handle;encoding/json.Marshal 10          main.handle 10
 *
 * Samples without own code are left out.
 */
export function computeOwnCosts(profile: Profile, type: string, isOwn: (name: string) => boolean): Map<string, number> {
  const costs = new Map<string, number>();
  const names = profile.functions.map((fn) => (isOwn(fn.name) ? fn.name : null));
  forEachSample(profile, type, (stack, value) => {
    const name = innermostName(profile, stack, names);
    if (name !== null) costs.set(name, (costs.get(name) ?? 0) + value);
  });
  return costs;
}

function forEachSample(profile: Profile, type: string, visit: (stack: number, value: number) => void): void {
  const column = profile.sampleTypes.findIndex((candidate) => candidate.type === type);
  if (column < 0) return;
  const { count, stack, values } = profile.samples;
  const width = profile.sampleTypes.length;
  for (let sample = 0; sample < count; sample++)
    visit(stack[sample] ?? 0, Number(values[sample * width + column] ?? 0n));
}

function matchingLocations(profile: Profile, functions: ReadonlySet<number>): Uint8Array {
  const { count, lineStart, lineFunction } = profile.locations;
  const hit = new Uint8Array(count);
  for (let location = 0; location < count; location++) {
    const end = lineStart[location + 1] ?? 0;
    for (let line = lineStart[location] ?? 0; line < end; line++) {
      if (functions.has(lineFunction[line] ?? -1)) hit[location] = 1;
    }
  }
  return hit;
}

function hasLocation({ stacks }: Profile, stack: number, wanted: Uint8Array): boolean {
  const end = stacks.start[stack + 1] ?? 0;
  for (let at = stacks.start[stack] ?? 0; at < end; at++) if (wanted[stacks.location[at] ?? 0]) return true;
  return false;
}

function innermostName(
  { stacks, locations }: Profile,
  stack: number,
  names: readonly (string | null)[],
): string | null {
  const end = stacks.start[stack + 1] ?? 0;
  for (let at = stacks.start[stack] ?? 0; at < end; at++) {
    const location = stacks.location[at] ?? 0;
    const lines = locations.lineStart[location + 1] ?? 0;
    for (let line = locations.lineStart[location] ?? 0; line < lines; line++) {
      const name = names[locations.lineFunction[line] ?? 0];
      if (name) return name;
    }
  }
  return null;
}
