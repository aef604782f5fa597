import type { Profile } from './profile.ts';

const UNLOCKS = /^(sync\.\(\*(RW)?Mutex\)\.R?Unlock|runtime\.unlock|internal\/sync\.\(\*Mutex\)\.Unlock)/;

/**
 * What a profile of unknown origin is a profile of, from its sample types. Go gives heap and allocs the same types, and mutex and
 * block: those are told apart by the default type, by the file's name, and by who is charged (whoever unlocks, or whoever waits).
 */
export function kindOfProfile(profile: Profile, fileName: string): string {
  const types = new Set(profile.sampleTypes.map(({ type }) => type));
  const name = fileName.toLowerCase();
  if (types.has('cpu')) return 'cpu';
  if (types.has('inuse_space') || types.has('alloc_space')) {
    return profile.defaultSampleType === 'alloc_space' || name.includes('alloc') ? 'allocs' : 'heap';
  }
  if (types.has('contentions') && types.has('delay')) return kindOfDelays(profile, name);
  return wordFrom(profile.sampleTypes[profile.defaultType]?.type ?? '');
}

function kindOfDelays({ functions }: Profile, name: string): string {
  if (name.includes('mutex')) return 'mutex';
  if (name.includes('block')) return 'block';
  return functions.some((one) => UNLOCKS.test(one.name)) ? 'mutex' : 'block';
}

/** A kind's name as protocol's kindName wants it. */
function wordFrom(type: string): string {
  const word = type
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 64);
  return word === '' ? 'other' : word;
}
