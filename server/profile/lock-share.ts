import type { Profile } from './profile.ts';

const LOCKING = /^(internal\/)?sync\./;
const RUNTIME = /^runtime\./;

/** How long sync's locks were held up by the own code, and by everybody. */
export interface LockDelay {
  readonly own: number;
  readonly total: number;
}

/**
 * Delay in a mutex profile by who called Unlock: the first function above sync's own. Libraries have locks as well (a
 * connection pool), and the runtime has its own; they count in `total` alone.
 *
 *     main.handle;main.place;sync.(*Mutex).Unlock 30                 own
 *     main.handle;net/http.(*Transport).put;sync.(*Mutex).Unlock 5   not own
 *     main.handle;runtime.chansend1;runtime.unlock 5                 not own          → own 30, total 40
 */
export function computeLockDelay(profile: Profile, type: string, isOwn: (name: string) => boolean): LockDelay {
  const column = profile.sampleTypes.findIndex((candidate) => candidate.type === type);
  const { count, stack, values } = profile.samples;
  const width = profile.sampleTypes.length;
  let own = 0;
  let total = 0;
  for (let sample = 0; column >= 0 && sample < count; sample++) {
    const delay = Number(values[sample * width + column] ?? 0n);
    total += delay;
    const unlocker = findUnlocker(profile, stack[sample] ?? 0);
    if (unlocker !== null && isOwn(unlocker)) own += delay;
  }
  return { own, total };
}

function findUnlocker(profile: Profile, stack: number): string | null {
  let locking = false;
  for (const name of namesOf(profile, stack)) {
    if (LOCKING.test(name)) locking = true;
    else if (!RUNTIME.test(name)) return locking ? name : null;
  }
  return null;
}

/** Innermost first, inlined functions expanded. */
function* namesOf({ stacks, locations, functions }: Profile, stack: number): Generator<string> {
  const end = stacks.start[stack + 1] ?? 0;
  for (let at = stacks.start[stack] ?? 0; at < end; at++) {
    const location = stacks.location[at] ?? 0;
    const lines = locations.lineStart[location + 1] ?? 0;
    for (let line = locations.lineStart[location] ?? 0; line < lines; line++)
      yield functions[locations.lineFunction[line] ?? 0]?.name ?? '';
  }
}
