import type { ParseProfile } from '../collector/index.ts';
import { AppError } from '../errors.ts';
import type { ProfileFunctions } from '../http/index.ts';
import { filterBlocks, filterStacks } from '../profile/filter-stacks.ts';
import { groupStacks } from '../profile/group-stacks.ts';
import {
  computeCallers,
  computeDiff,
  computeFlameGraph,
  computeLines,
  computeTopWithIntervals,
  type Profile,
} from '../profile/index.ts';
import { kindOfProfile } from '../profile/kind-of-profile.ts';
import { writeProfile } from '../profile/write-profile.ts';
import { type ProfileStore, parseSelector } from '../store/index.ts';

/** The pure functions that the query routes compute with. */
export function profileFunctions(parseProfile: ParseProfile): ProfileFunctions {
  return {
    parseProfile,
    kindOfProfile,
    writeProfile,
    parseSelector,
    filterStacks,
    filterBlocks,
    groupStacks,
    computeFlameGraph,
    computeTopWithIntervals,
    computeCallers,
    computeLines,
    computeDiff,
  };
}

/** Merged profile of one instance since a time; null when there is none. */
export function newestProfileOf(store: ProfileStore) {
  return async (kind: string, instance: string, sinceMillis: number): Promise<Profile | null> => {
    const selector = parseSelector(`{instance=${JSON.stringify(instance)}}`);
    try {
      const profile = await store.merge({ kind, selector, from: sinceMillis, to: null });
      return profile.samples.count > 0 ? profile : null;
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'no-data') return null;
      throw cause;
    }
  };
}
