import { createHash, randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { checkCleanName } from './clean-name.ts';
import {
  codeOf,
  findStats,
  type HeldFolder,
  holdFolder,
  isPlain,
  lastPart,
  type OpenFile,
  openFile,
  refusal,
} from './open-beneath.ts';

export const MAX_FILE_BYTES = 1_000_000;

/** Reads and writes plain files beneath one folder by clean names; no link is followed. */
export interface ConfinedFiles {
  /** Undefined when there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** In one step: a reader sees the old content or the new one. `exclusive`: false when the name is taken. */
  write(name: string, content: Uint8Array, exclusive?: boolean): Promise<boolean>;
  remove(name: string): Promise<void>;
}

export function createConfinedFiles(root: string): ConfinedFiles {
  return {
    read: (name) => withFolder(root, name, false, (folder) => readIn(folder, name)),
    async write(name, content, exclusive = false) {
      if (content.length > MAX_FILE_BYTES) throw tooLarge(name, content.length);
      return (await withFolder(root, name, true, (folder) => writeIn(folder, name, content, exclusive))) ?? false;
    },
    async remove(name) {
      await withFolder(root, name, false, async (folder) => {
        const path = folder.path(lastPart(name));
        const seen = await findStats(path);
        if (seen?.isDirectory()) throw refusal(name);
        if (seen !== undefined) await unlink(path); // takes the name away, follows nothing
      });
    },
  };
}

/** Changes with the content and only with it. */
export function versionOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

type InFolder<T> = (folder: HeldFolder) => Promise<T>;

async function withFolder<T>(root: string, name: string, create: boolean, task: InFolder<T>): Promise<T | undefined> {
  checkCleanName(name);
  const folder = await holdFolder(root, name, create);
  if (folder === undefined) return undefined;
  try {
    return await task(folder);
  } finally {
    await folder.close();
  }
}

async function readIn(folder: HeldFolder, name: string): Promise<Uint8Array | undefined> {
  const file = await openFile(folder, name);
  if (file === undefined) return undefined;
  try {
    if (file.stats.size > MAX_FILE_BYTES) throw tooLarge(name, file.stats.size);
    return await readAtMost(file, name);
  } finally {
    await file.handle.close();
  }
}

/** Not by its size alone: the file may grow while it is read. */
async function readAtMost({ handle, stats }: OpenFile, name: string): Promise<Uint8Array> {
  let buffer = Buffer.alloc(stats.size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) return new Uint8Array(buffer.subarray(0, length));
    length += bytesRead;
    if (length > MAX_FILE_BYTES) throw tooLarge(name, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer], MAX_FILE_BYTES + 1);
  }
}

async function writeIn(folder: HeldFolder, name: string, content: Uint8Array, exclusive: boolean): Promise<boolean> {
  const target = folder.path(lastPart(name));
  const seen = await findStats(target);
  if (seen !== undefined && !isPlain(seen)) throw refusal(name);
  if (seen !== undefined && exclusive) return false;
  const temporary = folder.path(`.${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx', 0o644);
  try {
    await handle.writeFile(content);
    await handle.close();
    await rename(temporary, target);
    return true;
  } catch (cause) {
    await handle.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    if (codeOf(cause) === 'ENOSPC')
      throw new AppError('store-full', `${name} was not saved: the disk is full`, { cause });
    throw cause;
  }
}

function tooLarge(name: string, bytes: number): AppError {
  return new AppError('too-large', `${name} has ${bytes.toLocaleString('en')} bytes, the limit is 1 MB`);
}
