import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ConfinedFiles, MAX_FILE_BYTES, versionOf } from './confined-files.ts';
import type { Files } from './read-tree.ts';
import { isSame, timeName } from './text.ts';
import { walkFiles } from './walk-files.ts';

export interface ResetParts {
  readonly root: string;
  /** Outside the workspace, in the data folder. */
  readonly keptDir: string;
  readonly files: ConfinedFiles;
  readonly now: () => number;
  readonly onWrite: (name: string, version: string | null) => void;
}

/** `keptAs`: the folder with the learner's own files, null when there was nothing to keep. */
export interface ResetAnswer {
  readonly keptAs: string | null;
  readonly changed: readonly string[];
}

/**
 * Brings the top folders that `wanted` names to exactly that state: what differs there, or is more, is copied to a new
 * folder under `keptDir` first. Other folders stay as they are. Links in the way are removed (their targets never).
 */
export async function resetFiles(wanted: Files, parts: ResetParts): Promise<ResetAnswer> {
  const { root, files } = parts;
  const tops = new Set([...wanted.keys()].map(topOf));
  const walk = await walkFiles(root);
  for (const link of walk.links.filter((name) => tops.has(topOf(name)))) await files.remove(link);
  const own = new Map<string, Uint8Array>();
  for (const { name, bytes } of walk.files) {
    if (!tops.has(topOf(name)) || bytes > MAX_FILE_BYTES) continue;
    const content = await files.read(name);
    if (content !== undefined) own.set(name, content);
  }
  const differing = new Map([...own].filter(([name, content]) => !isSame(content, wanted.get(name))));
  const keptAs = differing.size === 0 ? null : await keepCopies(differing, parts);
  const written = [...wanted].filter(([name, content]) => !isSame(own.get(name), content));
  for (const [name, content] of written) {
    parts.onWrite(name, versionOf(content));
    await files.write(name, content);
  }
  const extra = [...differing.keys()].filter((name) => !wanted.has(name));
  for (const name of extra) {
    parts.onWrite(name, null);
    await files.remove(name);
  }
  return { keptAs, changed: [...written.map(([name]) => name), ...extra].sort() };
}

async function keepCopies(copies: Files, { keptDir, now }: ResetParts): Promise<string> {
  await mkdir(keptDir, { recursive: true });
  const folder = await makeFresh(join(keptDir, timeName(now())));
  for (const [name, content] of copies) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flag: 'wx' });
  }
  return folder;
}

async function makeFresh(stem: string): Promise<string> {
  for (let count = 1; ; count++) {
    const folder = count === 1 ? stem : `${stem}-${count}`;
    const isNew = await mkdir(folder).then(
      () => true,
      (cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'EEXIST') throw cause;
        return false;
      },
    );
    if (isNew) return folder;
  }
}

/** The first part of a name; for a file at the root the name itself. */
function topOf(name: string): string {
  return name.split('/', 1)[0] ?? name;
}
