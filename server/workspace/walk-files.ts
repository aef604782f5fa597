import type { Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { isCleanName } from './clean-name.ts';
import { findStats, holdFolder, isPlain } from './open-beneath.ts';

export const MAX_FILES = 400;
/** Kept texts of refused saves are not counted among them, up to this many. */
const MAX_ASIDE = 100;
const MAX_ENTRIES = 2_000;

export interface Walk {
  /** Plain files by clean name, sorted. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Symbolic and hard links, pipes, devices. */
  readonly links: readonly string[];
  /** Names that can't be files of the workspace, such as `my notes.txt`. */
  readonly odd: readonly string[];
}

/** What stands in the workspace. Names that begin with a dot (version control, editors) are not looked at. */
export async function walkFiles(root: string): Promise<Walk> {
  const walk = { files: [] as { name: string; bytes: number }[], links: [] as string[], odd: [] as string[] };
  const folders = [''];
  let entries = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const [entry, stats] of await listFolder(root, folder)) {
      if (++entries > MAX_ENTRIES) throw tooMany();
      const name = folder + entry;
      if (!isCleanName(name)) walk.odd.push(name);
      else if (stats.isDirectory()) folders.push(`${name}/`);
      else if (isPlain(stats)) walk.files.push({ name, bytes: stats.size });
      else walk.links.push(name);
    }
  }
  const aside = walk.files.filter((file) => isAside(file.name)).length;
  if (walk.files.length - aside > MAX_FILES || aside > MAX_ASIDE) throw tooMany();
  walk.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return walk;
}

/** `validate.go.conflict-20250102-030405`: a refused text beside the file that it was meant for. */
export function isAside(name: string): boolean {
  return /\.conflict-\d{8}-\d{6}(?:-\d+)?$/.test(name);
}

/** `folder` is '' or ends in '/'. Empty when it was removed, or swapped for a link, meanwhile. */
async function listFolder(root: string, folder: string): Promise<[string, Stats][]> {
  const held = await holdFolder(root, `${folder}any`, false);
  if (held === undefined) return [];
  try {
    const names = (await readdir(held.path(''))).filter((name) => !name.startsWith('.'));
    const seen = await Promise.all(names.map(async (name) => [name, await findStats(held.path(name))] as const));
    return seen.flatMap(([name, stats]) => (stats === undefined ? [] : [[name, stats] satisfies [string, Stats]]));
  } finally {
    await held.close();
  }
}

function tooMany(): AppError {
  return new AppError(
    'over-limit',
    `the workspace has more than ${MAX_FILES} files: move away what is not source code`,
  );
}
