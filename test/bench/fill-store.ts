import { systemClock } from '../../server/clock.ts';
import { gunzipProfile, type Profile, readProfile } from '../../server/profile/index.ts';
import { type NewProfile, openStore } from '../../server/store/index.ts';
import type { CorpusProfile } from './bazaar-corpus.ts';

/** At most so many profiles of a fill wait for their commit. */
const BATCH = 200;

export interface Fill {
  /** Windows to store. */
  readonly windows: number;
  /** Which profile the window shows, as which instance, from when on. */
  windowAt(index: number): { readonly profile: ReadProfile; readonly instance: string; readonly startMillis: number };
}

export interface ReadProfile extends CorpusProfile {
  readonly profile: Profile;
}

export const readAll = (profiles: readonly CorpusProfile[]): ReadProfile[] =>
  profiles.map((each) => ({ ...each, profile: readProfile(gunzipProfile(each.bytes)) }));

/** Puts windows into the store of a folder and closes it, as a lab of another day would have left it. */
export async function fillStore(dir: string, { windows, windowAt }: Fill): Promise<void> {
  const store = await openStore({ dir, clock: systemClock, log: (line) => process.stderr.write(`${line}\n`) });
  try {
    for (let from = 0; from < windows; from += BATCH) {
      const entries = Array.from({ length: Math.min(BATCH, windows - from) }, (_, at) => entryOf(windowAt(from + at)));
      await Promise.all(entries.map((entry) => store.append(entry)));
    }
  } finally {
    await store.close();
  }
}

function entryOf({ profile, instance, startMillis }: ReturnType<Fill['windowAt']>): NewProfile {
  return {
    kind: 'cpu',
    labels: { service: profile.service, instance },
    profile: { ...profile.profile, timeNanos: BigInt(Math.floor(startMillis)) * 1_000_000n },
    arrivalMillis: startMillis,
    requests: null,
  };
}
