import { openLocations } from '../profile/location-table.ts';
import type { Profile } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';

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

/**
 * Ids of the profile's stacks, -1 for those that no sample has. Only what the samples reach is kept; all mappings are, as the
 * first one tells which program it is.
 */
export function internStacks(dictionaries: Dictionaries, profile: Profile): Int32Array {
  const { samples, stackNumbers } = profile;
  const known = stackNumbers && dictionaries.stacks.leavesByNumber(stackNumbers.numbering);
  const mappingIds = profile.mappings.map((mapping) => dictionaries.mappings.intern(mapping));
  const ids = new Int32Array(stackNumbers?.ofStack.length ?? profile.stacks.count).fill(-1);
  let leafOf: ((stack: number) => number) | undefined;

  for (let sample = 0; sample < samples.count; sample++) {
    const stack = samples.stack[sample] ?? 0;
    if (ids[stack] !== -1) continue;
    const number = stackNumbers?.ofStack[stack] ?? -1;
    let leaf = (known?.get(number) ?? 0) - 1;
    if (leaf < 0) {
      leafOf ??= createStackInterner(dictionaries, profile, mappingIds);
      leaf = leafOf(stack);
      known?.set(number, leaf + 1);
    }
    ids[stack] = leaf;
  }
  return ids;
}

/** Gives stacks of a profile their ids by all that they are. */
function createStackInterner(dictionaries: Dictionaries, profile: Profile, mappingIds: readonly number[]) {
  const { stacks, locations, functions } = profile;
  const functionIds = functionColumn.unknown(functions.length);
  const locationIds = locationColumn.unknown(locations.count);
  const opened = openLocations(locations);
  const functionOf = (index: number): number => {
    const known = functionIds[index] ?? -1;
    if (known >= 0) return known;
    const fn = functions[index];
    if (fn === undefined) throw new Error(`profile names function ${index} of ${functions.length}`);
    const id = dictionaries.functions.intern(fn);
    functionIds[index] = id;
    return id;
  };
  const numbers = { mappings: mappingIds, functionOf };
  return (stack: number): number => {
    const first = stacks.start[stack] ?? 0;
    const depth = (stacks.start[stack + 1] ?? 0) - first;
    const path = pathColumn.room(depth);
    for (let at = 0; at < depth; at++) {
      const index = stacks.location[first + at] ?? 0;
      let id = locationIds[index] ?? -1;
      if (id < 0) {
        id = dictionaries.locations.internAt(opened, index, numbers);
        locationIds[index] = id;
      }
      path[at] = id;
    }
    return dictionaries.stacks.leafOf(path, depth);
  };
}
