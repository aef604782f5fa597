import { emitKeypressEvents } from 'node:readline';
import type { PlaceOptions } from '../cli.ts';
import { resolveConfig } from '../config.ts';
import { checkCommand } from './check.ts';
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
  const queue = createQueue();
  const check = (): void => queue.add('check', () => checkCommand(slug, flags));
  const stopWatching = await watchWorkspace(config, check);
  check();
  await readKeys({
    h: () => queue.add('hint', () => hintCommand(slug, flags)),
    l: () => queue.add('list', () => listCommand(flags)),
    r: () => queue.add('reset', () => resetCommand(slug, flags)),
    n: () =>
      queue.add('next', async () => {
        slug = await nextExercise(flags, slug);
        process.stdout.write(`\n${slug}\n`);
        check();
      }),
  });
  await stopWatching();
  await queue.drained();
  process.exitCode = 0;
}

/** The first exercise after `current` that isn't fixed, else the first of all. */
async function nextExercise(flags: PlaceOptions, current: string | null): Promise<string> {
  const exercises = (await openCourse(resolveConfig(flags))).list();
  const after = exercises.slice(exercises.findIndex((exercise) => exercise.slug === current) + 1);
  const next = [...after, ...exercises].find((exercise) => exercise.state !== 'fixed') ?? exercises[0];
  if (!next) throw new Error('there are no exercises');
  return next.slug;
}

/** One thing at a time; a check that is asked for while one waits is the same check. */
function createQueue() {
  let tail: Promise<void> = Promise.resolve();
  const waiting = new Set<string>();
  return {
    add(name: string, task: () => Promise<void>): void {
      if (waiting.has(name)) return;
      waiting.add(name);
      tail = tail.then(async () => {
        waiting.delete(name);
        await task().catch((cause) =>
          process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`),
        );
        process.stdout.write(`\n${KEYS}\n`);
      });
    },
    drained: () => tail,
  };
}

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
