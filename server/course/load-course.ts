import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ExerciseFile, exerciseFile, parseInput, sentenceOf } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { parseFrontMatter } from './front-matter.ts';
import { type Chapter, loadChapters } from './load-chapters.ts';

/** Relative name → content, of files that differ from the start. */
export type Overlay = ReadonlyMap<string, Uint8Array>;

export interface Exercise {
  readonly slug: string;
  readonly number: number;
  readonly chapter: string;
  readonly dir: string;
  readonly file: ExerciseFile;
  /** Markdown below the front matter. */
  readonly lesson: string;
}

/**
 * Reads `exercises/CHAPTER/NN-slug/index.md` and `exercises/CHAPTER/slides.md`; numbers give the order, nothing is registered.
 * What is broken is an error that names the file and what to change; the others are read all the same.
 */
export async function loadCourse(
  dir: string,
): Promise<{ exercises: Exercise[]; chapters: Chapter[]; problems: string[] }> {
  const exercises: Exercise[] = [];
  const folders = await subfolders(dir);
  const { chapters, problems } = await loadChapters(dir, folders);
  for (const chapter of folders) {
    for (const folder of await subfolders(join(dir, chapter))) {
      try {
        exercises.push(await loadExercise(join(dir, chapter, folder), chapter));
      } catch (cause) {
        problems.push(cause instanceof Error ? cause.message : String(cause));
      }
    }
  }
  exercises.sort((a, b) => a.number - b.number);
  return { exercises, chapters, problems: [...problems, ...findDuplicates(exercises)] };
}

export async function loadExercise(dir: string, chapter: string): Promise<Exercise> {
  const [, number, slug] = /^(\d{2})-([a-z0-9-]+)$/.exec(basename(dir)) ?? [];
  if (!number || !slug)
    throw new AppError('bad-request', `${dir}: an exercise's folder is named NN-slug, e.g. 04-churn-or-live`);
  const name = join(dir, 'index.md');
  const { data, body } = parseFrontMatter(await readFile(name, 'utf8'), name);
  const file = parseInput(exerciseFile, data, (_, all) => {
    const problems = all.map((misfit) => `  ${sentenceOf(misfit, 'front matter')}`);
    return new AppError('bad-request', `${name}:\n${problems.join('\n')}`);
  });
  return { slug, number: Number(number), chapter, dir, file, lesson: body };
}

/** Files of `solution`, `solution-2`, …, `start` or `wrong/NAME`, by their name in the workspace; empty when there is none. */
export async function loadOverlay(exercise: Exercise, variant: string): Promise<Overlay> {
  const files = new Map<string, Uint8Array>();
  await collectFiles(join(exercise.dir, variant), '', files);
  return files;
}

/** `solution`, `solution-2`, … in order. */
export async function solutionNames(exercise: Exercise): Promise<string[]> {
  return (await subfolders(exercise.dir)).filter((name) => /^solution(-\d+)?$/.test(name)).sort();
}

async function collectFiles(root: string, prefix: string, files: Map<string, Uint8Array>): Promise<void> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const name = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) await collectFiles(root, name, files);
    else if (entry.isFile()) files.set(name, await readFile(join(root, name)));
  }
}

async function subfolders(dir: string): Promise<string[]> {
  if (!(await stat(dir).catch(() => null))) return [];
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function findDuplicates(exercises: readonly Exercise[]): string[] {
  const seen = new Map<string, string>();
  return exercises.flatMap(({ slug, dir }) => {
    const other = seen.get(slug);
    seen.set(slug, dir);
    return other ? [`${dir}: the slug ${slug} is already that of ${other}`] : [];
  });
}
