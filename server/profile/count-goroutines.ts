import type { Profile } from './profile.ts';

/** How many goroutines there are, and in which functions. */
export interface GoroutineCounts {
  readonly total: number;
  /** By the innermost function of the own code; without any, by the function that the goroutine began with. */
  readonly byFunction: ReadonlyMap<string, number>;
}

const SERVER = /^net\/http\./;

/**
 * Counts the goroutines of a goroutine profile, but for the HTTP server's connections: these come and go with the clients.
 * A connection whose handler is still at work in the own code counts. One without any frame is just starting, or ending.
 *
 *     net/http.(*conn).serve;net.(*conn).Read 8                        a connection, left out
 *     net/http.(*conn).serve;main.handle;runtime.chanrecv1 2           main.handle 2
 *     main.notify.func1;runtime.chansend1 340                          main.notify.func1 340
 *     sync.(*WaitGroup).Wait;runtime.semacquire 5                      sync.(*WaitGroup).Wait 5
 */
export function countGoroutines(profile: Profile, isOwn: (name: string) => boolean): GoroutineCounts {
  const byFunction = new Map<string, number>();
  const { count, stack, values } = profile.samples;
  const width = profile.sampleTypes.length;
  let total = 0;
  for (let sample = 0; sample < count; sample++) {
    const names = namesOf(profile, stack[sample] ?? 0);
    const own = names.find(isOwn);
    const name = own ?? names.at(-1);
    if (name === undefined || (own === undefined && names.some((frame) => SERVER.test(frame)))) continue;
    const goroutines = Number(values[sample * width] ?? 0n);
    total += goroutines;
    byFunction.set(name, (byFunction.get(name) ?? 0) + goroutines);
  }
  return { total, byFunction };
}

/** Innermost first, inlined functions expanded. */
function namesOf({ stacks, locations, functions }: Profile, stack: number): string[] {
  const names: string[] = [];
  const end = stacks.start[stack + 1] ?? 0;
  for (let at = stacks.start[stack] ?? 0; at < end; at++) {
    const location = stacks.location[at] ?? 0;
    const lines = locations.lineStart[location + 1] ?? 0;
    for (let line = locations.lineStart[location] ?? 0; line < lines; line++)
      names.push(functions[locations.lineFunction[line] ?? 0]?.name ?? '');
  }
  return names;
}
