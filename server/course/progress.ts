import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { exerciseState, verdict } from '../../protocol/index.ts';

const exerciseProgress = z.object({
  state: exerciseState.default('new'),
  attempts: z.number().default(0),
  hintsShown: z.number().default(0),
  /** Instruments that were opened, oldest first. */
  instruments: z.array(z.string()).default([]),
  prediction: z
    .object({
      frame: z.string(),
      share: z.number(),
      /** What the profile said then; null while there was none. */
      measured: z.object({ frame: z.string(), share: z.number() }).nullable().default(null),
    })
    .nullable()
    .default(null),
  answers: z.record(z.string(), z.number()).default({}),
  /** Of answered questions; one without is due at once. */
  reviews: z.record(z.string(), z.object({ step: z.number(), dueMillis: z.number() })).default({}),
  /** The newest verdict, and the one that proved the fix. */
  last: verdict.nullable().default(null),
  proof: verdict.nullable().default(null),
});
export type ExerciseProgress = z.infer<typeof exerciseProgress>;

const progressFile = z.object({ format: z.literal(1), exercises: z.record(z.string(), exerciseProgress) });

export interface Progress {
  of(slug: string): ExerciseProgress;
  /** Resolves when the change is on disk. */
  change(slug: string, edit: (progress: ExerciseProgress) => ExerciseProgress): Promise<ExerciseProgress>;
}

/**
 * What the learner has done, in one JSON file, written whole by rename. A file that can't be read is set aside with its
 * name logged, never overwritten.
 */
export async function openProgress(file: string, log: (message: string) => void): Promise<Progress> {
  let exercises = await readProgress(file, log);
  let writing: Promise<void> = Promise.resolve();
  const of = (slug: string): ExerciseProgress => exercises[slug] ?? exerciseProgress.parse({});
  return {
    of,
    async change(slug, edit) {
      const changed = edit(of(slug));
      exercises = { ...exercises, [slug]: changed };
      writing = writing.then(() => write(file, JSON.stringify({ format: 1, exercises }, null, 2)));
      await writing;
      return changed;
    },
  };
}

async function readProgress(file: string, log: (message: string) => void): Promise<Record<string, ExerciseProgress>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return {};
  try {
    return progressFile.parse(JSON.parse(text)).exercises;
  } catch {
    const aside = `${file}.damaged-${Date.now()}`;
    await rename(file, aside);
    log(`The progress file could not be read; it was kept as ${aside}, and progress starts anew.`);
    return {};
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
