import type { Profile } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';
import { type DraftLocation, LINE_WIDTH } from './location-dictionary.ts';

/** A column of ids; kept for the next profile, as making one anew costs more than filling it. */
class Ids {
  private ids = new Int32Array(1024);

  /** With room for `count` ids, whatever stands there. */
  room(count: number): Int32Array {
    if (count > this.ids.length) this.ids = new Int32Array(2 * count);
    return this.ids;
  }

  /** With `count` ids that aren't known yet. */
  unknown(count: number): Int32Array {
    return this.room(count).fill(-1, 0, count);
  }
}

/** Working columns of one profile after another: only one is interned at a time. */
const functionColumn = new Ids();
const locationColumn = new Ids();
const pathColumn = new Ids();

const draft: DraftLocation = {
  mapping: -1,
  addressLow: 0,
  addressHigh: 0,
  folded: false,
  lineCount: 0,
  lines: new Float64Array(LINE_WIDTH * 16),
};

/**
 * Ids of the profile's stacks, -1 for those that no sample has. Only what the samples reach is kept; all mappings are, as the
 * first one tells which program it is.
 */
export function internStacks(dictionaries: Dictionaries, profile: Profile): Int32Array {
  const { stacks, locations, samples } = profile;
  const mappingIds = profile.mappings.map((mapping) => dictionaries.mappings.intern(mapping));
  const functionIds = functionColumn.unknown(profile.functions.length);
  const locationIds = locationColumn.unknown(locations.count);
  const halves = halvesOf(locations.address);
  const ids = new Int32Array(stacks.count).fill(-1);

  const functionId = (index: number): number => {
    const known = functionIds[index] ?? -1;
    if (known >= 0) return known;
    const fn = profile.functions[index];
    if (fn === undefined) throw new Error(`profile names function ${index} of ${profile.functions.length}`);
    const id = dictionaries.functions.intern(fn);
    functionIds[index] = id;
    return id;
  };
  const internLocation = (index: number): number => {
    const first = locations.lineStart[index] ?? 0;
    draft.mapping = mappingIds[locations.mapping[index] ?? -1] ?? -1;
    draft.addressLow = halves[2 * index] ?? 0;
    draft.addressHigh = halves[2 * index + 1] ?? 0;
    draft.folded = locations.folded[index] === 1;
    draft.lineCount = (locations.lineStart[index + 1] ?? 0) - first;
    const numbers = draft.lineCount * LINE_WIDTH;
    if (numbers > draft.lines.length) draft.lines = new Float64Array(2 * numbers);
    for (let line = first, at = 0; at < numbers; line++) {
      draft.lines[at++] = functionId(locations.lineFunction[line] ?? 0);
      draft.lines[at++] = locations.lineNumber[line] ?? 0;
      draft.lines[at++] = locations.lineColumn[line] ?? 0;
    }
    return dictionaries.locations.intern(draft);
  };
  for (let sample = 0; sample < samples.count; sample++) {
    const stack = samples.stack[sample] ?? 0;
    if (ids[stack] !== -1) continue;
    const first = stacks.start[stack] ?? 0;
    const depth = (stacks.start[stack + 1] ?? 0) - first;
    const path = pathColumn.room(depth);
    for (let at = 0; at < depth; at++) {
      const index = stacks.location[first + at] ?? 0;
      let id = locationIds[index] ?? -1;
      if (id < 0) {
        id = internLocation(index);
        locationIds[index] = id;
      }
      path[at] = id;
    }
    ids[stack] = dictionaries.stacks.leafOf(path, depth);
  }
  return ids;
}

/** Halves of the addresses, two by two: low, high. */
function halvesOf(addresses: BigUint64Array): Int32Array {
  return new Int32Array(addresses.buffer, addresses.byteOffset, addresses.length * 2);
}
