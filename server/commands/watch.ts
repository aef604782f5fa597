import { emitKeypressEvents } from 'node:readline';
import { isOpenExercise } from '../../protocol/index.ts';
import type { PlaceOptions } from '../cli.ts';
import { resolveConfig } from '../config.ts';
import { checkUntil } from './check.ts';
import { hintCommand, resetCommand } from './course-commands.ts';
import { listCommand } from './list.ts';
import { openCourse } from './open-course.ts';
import { watchWorkspace } from './watch-workspace.ts';

const KEYS = 'h hint   n next   l list   r reset   q quit';

/** `flamelab watch [EXERCISE]`: checks now and after every save, until q. Without a name: the first that isn't fixed. */
export async function watchCommand(named: string | undefined, flags: PlaceOptions): Promise<void> {
  const config = resolveConfig(flags);
  let slug = named ?? (await nextExercise(flags, null));
  (await openCourse(config)).find(slug);
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const checks = createChecks((signal) => checkUntil(slug, flags, signal), say);
  const asked = createQueue(say);
  const begin = (why: string): void => {
    say(`${why}: checking ${slug} …   ${KEYS}`);
    checks.start();
  };
  // The keys work from the first moment, also while the watcher and the first check get under way.
  const quit = readKeys({
    h: () => asked.add(() => hintCommand(slug, flags)),
    l: () => asked.add(() => listCommand(flags)),
    r: () => asked.add(() => resetCommand(slug, flags)),
    n: () =>
      asked.add(async () => {
        slug = await nextExercise(flags, slug);
        begin('Next');
      }),
  });
  begin('Watching the workspace');
  const stopWatching = await watchWorkspace(config, () => begin('Saved'));
  await quit;
  say('Ending what runs …');
  await stopWatching();
  await Promise.all([checks.end(), asked.drained()]);
  process.exitCode = 0;
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
function createChecks(check: (signal: AbortSignal) => Promise<void>, say: (text: string) => void) {
  let current = new AbortController();
  let tail: Promise<void> = Promise.resolve();
  const run = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    await check(signal).catch((cause) => signal.aborted || say(messageOf(cause)));
    if (!signal.aborted) say(`\n${KEYS}`);
  };
  return {
    start(): void {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      tail = tail.then(() => run(signal));
    },
    end(): Promise<void> {
      current.abort();
      return tail;
    },
  };
}

/** What was asked for by keys, one after another, beside a check that runs. */
function createQueue(say: (text: string) => void) {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    add(task: () => Promise<void>): void {
      tail = tail.then(task).catch((cause) => say(messageOf(cause)));
    },
    drained: () => tail,
  };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Resolves at q, Ctrl-C or the end of the input. */
function readKeys(actions: Readonly<Record<string, () => void>>): Promise<void> {
  const { stdin } = process;
  emitKeypressEvents(stdin);
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve) => {
    const end = (): void => {
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.off('keypress', press);
      stdin.pause();
      resolve();
    };
    const press = (text: string | undefined, key: { name?: string; ctrl?: boolean }): void => {
      const name = key.name ?? text ?? '';
      if (name === 'q' || (key.ctrl && name === 'c')) end();
      else actions[name]?.();
    };
    stdin.on('keypress', press);
    stdin.once('end', end);
  });
}
