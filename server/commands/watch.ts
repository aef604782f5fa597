import { isOpenExercise } from '../../protocol/index.ts';
import type { PlaceOptions } from '../cli.ts';
import { resolveConfig } from '../config.ts';
import { createTurns } from '../turns.ts';
import { openCourse } from './open-course.ts';
import type { WatchFace } from './watch/face.ts';
import { createLinesFace } from './watch/lines-face.ts';
import { readKeys } from './watch/read-keys.ts';
import { openScreenFace } from './watch/screen-face.ts';
import { watchWorkspace } from './watch-workspace.ts';

/** `flamelab watch [EXERCISE]`: checks now and after every save, until q. Without a name: the first that isn't fixed. */
export async function watchCommand(named: string | undefined, flags: PlaceOptions): Promise<void> {
  const slug = named ?? (await nextExercise(flags, null));
  const course = await openCourse(resolveConfig(flags));
  course.find(slug);
  const quitting = new AbortController();
  const isScreen = process.stdout.isTTY && process.env.TERM !== 'dumb';
  const face = isScreen
    ? openScreenFace(flags, {
        kindsOf: (other) => course.find(other).file.kinds,
        quit: () => quitting.abort(),
      })
    : createLinesFace(flags);
  try {
    await watch(slug, flags, { face, quitting: quitting.signal });
  } finally {
    face.close();
  }
  process.exitCode = 0;
}

async function watch(
  first: string,
  flags: PlaceOptions,
  { face, quitting }: { face: WatchFace; quitting: AbortSignal },
): Promise<void> {
  let slug = first;
  const checks = createChecks((signal) => face.check(slug, signal));
  const inTurn = createTurns();
  const begin = (why: string): void => {
    face.begin(slug, why);
    checks.start();
  };
  const next = async (): Promise<void> => {
    slug = await nextExercise(flags, slug);
    begin('Next');
  };
  const actions: Readonly<Record<string, () => Promise<void>>> = {
    h: () => face.show('hint', slug),
    l: () => face.show('list', slug),
    r: () => face.show('reset', slug),
    n: () => next().catch(face.failed),
  };
  // The keys work from the first moment, also while the watcher and the first check get under way.
  const quit = readKeys((key) => {
    const action = actions[key];
    if (action) void inTurn(action);
    else face.press(key);
  }, quitting);
  begin('Watching the workspace');
  const stopWatching = await watchWorkspace(resolveConfig(flags), () => begin('Saved'));
  await quit;
  face.close();
  process.stdout.write('Ending what runs …\n');
  await stopWatching();
  await Promise.all([checks.end(), inTurn(async () => {})]);
}

/** The first exercise after `current` that isn't fixed, else the first of all. */
async function nextExercise(flags: PlaceOptions, current: string | null): Promise<string> {
  const exercises = (await openCourse(resolveConfig(flags))).list();
  const after = exercises.slice(exercises.findIndex((exercise) => exercise.slug === current) + 1);
  const next = [...after, ...exercises].find(isOpenExercise) ?? exercises[0];
  if (!next) throw new Error('there are no exercises');
  return next.slug;
}

/** One check at a time; a newer one ends the older: its code is gone. */
function createChecks(check: (signal: AbortSignal) => Promise<void>) {
  const inTurn = createTurns();
  let current = new AbortController();
  return {
    start(): void {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      void inTurn(async () => signal.aborted || check(signal));
    },
    end(): Promise<void> {
      current.abort();
      return inTurn(async () => {});
    },
  };
}
