import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { checkCleanName } from './clean-name.ts';

const { O_RDONLY, O_NOFOLLOW, O_DIRECTORY, O_NONBLOCK } = constants;
/** On Linux a path through an open folder can't be redirected by swapping a folder for a link meanwhile. */
const HAS_FD_PATHS = process.platform === 'linux';

/** An open folder of the workspace; `path(name)` reaches a name in exactly this folder, whatever happens to the path to it. */
export interface HeldFolder {
  path(name: string): string;
  close(): Promise<void>;
}

/**
 * Opens the folder that holds `name`, one part at a time from the root, following no link. `create` makes missing folders.
 * Where the OS has no paths through open folders, each part is looked at before and the result compared after.
 * Undefined when a folder is missing (and not to be made).
 */
export async function holdFolder(root: string, name: string, create: boolean): Promise<HeldFolder | undefined> {
  checkCleanName(name);
  const parts = name.split('/').slice(0, -1);
  return HAS_FD_PATHS ? holdByDescriptor(root, parts, { name, create }) : holdByLooking(root, parts, { name, create });
}

interface Wanted {
  readonly name: string;
  readonly create: boolean;
}

async function holdByDescriptor(root: string, parts: string[], wanted: Wanted): Promise<HeldFolder | undefined> {
  let handle = await open(root, O_RDONLY | O_DIRECTORY).catch(ignoring('ENOENT'));
  if (handle === undefined) return undefined;
  for (const part of parts) {
    const path = `/proc/self/fd/${handle.fd}/${part}`;
    try {
      if (wanted.create) await mkdir(path).catch(ignoring('EEXIST'));
      const next = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
      await handle.close();
      handle = next;
    } catch (cause) {
      await handle.close();
      if (codeOf(cause) === 'ENOENT') return undefined;
      throw refusal(wanted.name, cause);
    }
  }
  const held = handle;
  return { path: (name) => `/proc/self/fd/${held.fd}/${name}`, close: () => held.close() };
}

async function holdByLooking(root: string, parts: string[], wanted: Wanted): Promise<HeldFolder | undefined> {
  let folder = await realpath(root).catch(ignoring('ENOENT'));
  if (folder === undefined) return undefined;
  for (const part of parts) {
    const path = join(folder, part);
    if (wanted.create) await mkdir(path).catch(ignoring('EEXIST'));
    const seen = await findStats(path);
    if (seen === undefined) return undefined;
    // A disk that ignores case would reach `internal` as `Internal`: the name must be there as it is written.
    const isExact = (await readdir(folder)).includes(part);
    if (!seen.isDirectory() || !isExact) throw refusal(wanted.name);
    folder = path;
  }
  const held = folder;
  if ((await realpath(held)) !== held) throw refusal(wanted.name);
  return { path: (name) => join(held, name), close: async () => undefined };
}

export interface OpenFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

/** Opens a regular file with one name for reading; undefined when there is none. Links, devices, folders are refused. */
export async function openFile(folder: HeldFolder, name: string): Promise<OpenFile | undefined> {
  const path = folder.path(lastPart(name));
  let handle: FileHandle;
  try {
    handle = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw refusal(name, cause);
  }
  const stats = await handle.stat();
  if (isPlain(stats) && (HAS_FD_PATHS || (await isStillThere(path, stats)))) return { handle, stats };
  await handle.close();
  throw refusal(name);
}

/** Whether what was opened is what the path, without any link, leads to now; narrows a swap race to two swaps in a row. */
async function isStillThere(path: string, opened: Stats): Promise<boolean> {
  const isDirect = async () => (await realpath(path).catch(() => '')) === path;
  if (!(await isDirect())) return false;
  const seen = await findStats(path);
  return seen !== undefined && seen.ino === opened.ino && seen.dev === opened.dev && (await isDirect());
}

/** A regular file that has no second name elsewhere. */
export function isPlain(stats: Stats): boolean {
  return stats.isFile() && stats.nlink === 1;
}

export async function findStats(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return undefined;
    throw cause;
  }
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

export function refusal(name: string, cause?: unknown): AppError {
  return new AppError('bad-path', `${name} is a link or no regular file: the lab reads and writes plain files only`, {
    cause,
  });
}

export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

function ignoring(code: string): (cause: unknown) => undefined {
  return (cause) => {
    if (codeOf(cause) !== code) throw cause;
    return undefined;
  };
}
