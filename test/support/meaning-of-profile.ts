import type { Profile } from '../../server/profile/index.ts';

/** All that its samples say; how stacks and what they name are numbered in the profile is left out. */
export function meaningOf(profile: Profile): object {
  const { functions: _functions, locations: _locations, stacks, stackNumbers: _numbers, samples, ...rest } = profile;
  const texts = Array.from({ length: stacks.count }, (_, stack) => stackText(profile, stack));
  return { ...rest, samples: { ...samples, stack: Array.from(samples.stack, (stack) => texts[stack]) } };
}

/** All that a stack is, as text. */
export function stackText({ stacks, locations, functions, mappings }: Profile, stack: number): string {
  const texts = [...stacks.location.subarray(stacks.start[stack], stacks.start[stack + 1])].map((location) => {
    const [from, to] = [locations.lineStart[location] ?? 0, locations.lineStart[location + 1] ?? 0];
    const lines = Array.from({ length: to - from }, (_, at) => [
      functions[locations.lineFunction[from + at] ?? 0],
      locations.lineNumber[from + at],
      locations.lineColumn[from + at],
    ]);
    return [
      locations.address[location],
      locations.folded[location],
      mappings[locations.mapping[location] ?? -1],
      lines,
    ];
  });
  return JSON.stringify(texts, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}
